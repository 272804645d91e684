import type { SealedStamp } from '../usecases/trust/sealing-stamp.ts';
import type { CommandContext } from './context.ts';
import { formatInstant } from './format.ts';

/** What became of the timestamp of something that was sealed. */
export function stampJson({ state, stamp, failed }: SealedStamp): Record<string, unknown> {
  return {
    state,
    genTime: stamp?.token.info.genTime.toISOString() ?? null,
    authority: stamp?.certificate.subjectText ?? null,
    source: stamp?.source ?? null,
    failed,
  };
}

export function stampLines({ state, stamp, failed }: SealedStamp, { t, language }: CommandContext): string[] {
  const failures = failed.map(({ url, code }) => `  ${url}  ${t(`errors.${code}`)} [${code}]`);
  switch (state) {
    case 'none':
      return [];
    case 'pending':
      return [t('cli.stamp.pending'), ...failures];
    default: {
      const at = formatInstant((stamp?.token.info.genTime ?? new Date(0)).toISOString(), language);
      return [t('cli.stamp.done', { at, authority: stamp?.certificate.subjectText ?? '' }), ...failures];
    }
  }
}
