import { Button } from 'antd';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { useTell } from '../../data/use-ask.ts';
import { LARGEST_PREVIEW, useDocument } from '../../data/use-document.ts';
import { useText } from '../../text/use-text.ts';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';

interface Props {
  readonly m: Sha256;
  readonly index: number;
  readonly onClose: () => void;
}

/** A document of a message in the window; to take it out is a separate act, and logged. */
export function MessageDocument({ m, index, onClose }: Props) {
  const { t } = useText();
  const { value, failure, read } = useDocument({ kind: 'message', m, index });
  const exported = useTell('document:export');
  return (
    <DocumentPreview
      acts={
        <Button loading={exported.isPending} onClick={() => exported.tell({ m, index })}>
          {t('window.preview.export')}
        </Button>
      }
      document={value as Parameters<typeof DocumentPreview>[0]['document']}
      failure={failure ?? exported.failure}
      largest={LARGEST_PREVIEW}
      read={read}
      onClose={onClose}
    />
  );
}
