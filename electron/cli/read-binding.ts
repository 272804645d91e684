import type { ByteSource } from '../files/bytes.ts';
import type { SenderBinding, TrustInput } from '../packages/verify-container.ts';
import { bindByCardFiles } from '../usecases/bind-by-card-files.ts';
import { openInput } from './input-file.ts';

/** Binds the sender by the cards that `--card` names; nothing where there are none, and the report then says so. */
export async function readBinding(
  paths: readonly string[],
  trust: TrustInput,
  at: Date,
): Promise<{ readonly binding?: SenderBinding }> {
  if (paths.length === 0) return {};
  const sources: ByteSource[] = [];
  try {
    for (const path of paths) sources.push(await openInput(path));
    return { binding: await bindByCardFiles(sources, trust, at) };
  } finally {
    for (const source of sources) await source.close();
  }
}
