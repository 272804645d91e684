import { useDocument } from '../../data/use-document.ts';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';

/** A document of the draft, as the recipients will have it. */
export function DraftDocument({ document, onClose }: { readonly document: string; readonly onClose: () => void }) {
  return <DocumentPreview {...useDocument({ kind: 'draft', document })} onClose={onClose} />;
}
