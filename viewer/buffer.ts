import { Buffer } from 'buffer/';

/** The verifier's source counts on Node's global; this must run before anything else is loaded. */
Object.assign(globalThis, { Buffer });
