import { LARGEST_PREVIEW, useDocument } from '../../data/use-document.ts';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';

/** A document of the draft, as the recipients will have it. */
export function DraftDocument({ document, onClose }: { readonly document: string; readonly onClose: () => void }) {
  const { value, failure, read } = useDocument({ kind: 'draft', document });
  return (
    <DocumentPreview
      acts={null}
      document={value as Parameters<typeof DocumentPreview>[0]['document']}
      failure={failure}
      largest={LARGEST_PREVIEW}
      read={read}
      onClose={onClose}
    />
  );
}
