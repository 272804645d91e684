import { config } from 'zod';

/** The page's policy lets nothing make code from text, and zod would try. */
config({ jitless: true });
