import { z } from 'zod';

/** A folder on a server, by https, without name and password, query and fragment; what lies in it is named by the signed description of a release. */
export const updateAddress = z
  .string()
  .max(1024)
  .regex(/^https:\/\/[^\s/?#@]+\/(?:[^\s?#]*\/)?$/);
