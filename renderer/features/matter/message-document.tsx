import type { Sha256 } from '../../../shared/model/brand.ts';
import { useMessageDocument } from '../../data/use-document.ts';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';

interface Props {
  readonly m: Sha256;
  readonly index: number;
  readonly onClose: () => void;
}

export function MessageDocument({ m, index, onClose }: Props) {
  return <DocumentPreview {...useMessageDocument(m, index)} onClose={onClose} />;
}
