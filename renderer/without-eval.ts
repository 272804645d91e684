import { z } from 'zod';

/** Before any schema is made: zod would try to compile them, which the policy of the page refuses and reports. */
z.config({ jitless: true });
