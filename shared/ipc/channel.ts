import type { z } from 'zod';

/**
 * When the window may ask: `always`; `closed`: while no vault is open; `open`: while one is. A window that is locked reaches nothing of the office,
 * whoever sits in it.
 */
export type Access = 'always' | 'closed' | 'open';

export interface Channel<Request extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType> {
  readonly access: Access;
  readonly request: Request;
  readonly response: Response;
}

/** One thing that the window may ask for. The schema of the response is checked in tests and while developing. */
export function channel<Request extends z.ZodType, Response extends z.ZodType>(
  access: Access,
  request: Request,
  response: Response,
): Channel<Request, Response> {
  return { access, request, response };
}
