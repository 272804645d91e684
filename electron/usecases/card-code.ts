import type { OfficeId } from '../../shared/model/brand.ts';
import { type CardCode, writeCardCode } from '../../shared/model/card-code.ts';
import type { Office } from '../../shared/model/office-card.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import { type CodePicture, codePicture } from '../papers/code-picture.ts';
import type { OfficeContext } from './context.ts';
import { getCard } from './office/directory.ts';
import { getOwnVault } from './office/own-vault.ts';

export interface ShownCardCode extends Pick<CardCode, 'fingerprint'> {
  readonly office: Office;
  /** What the QR code says. */
  readonly text: string;
  readonly picture: CodePicture;
}

/** The fingerprint of a confirmed card, our own by default, as a code says it. @throws AppError OFFICE_UNKNOWN */
export function showCardCode({ vault }: OfficeContext, id?: OfficeId): ShownCardCode {
  const card = getCard(vault.read, id ?? getOwnVault(vault.read).office.id);
  const fingerprint = cardFingerprint(card);
  const text = writeCardCode({ office: card.office.id, fingerprint });
  return { office: card.office, fingerprint, text, picture: codePicture(text) };
}
