import type { Json } from '../i-json.ts';

/** The form of an act as message.json carries it. */
export type Form = Readonly<Record<string, Json>>;
