import { bundle } from './bundle.ts';

/** The specs run what Electron would load, built from the sources of this moment. */
export default async function setUp(): Promise<void> {
  if (process.env['LEXPOST_BUILT'] === '1') return;
  await bundle({ watch: false });
}
