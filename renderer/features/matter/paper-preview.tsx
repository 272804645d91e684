import { Button } from 'antd';
import { useCallback } from 'react';
import type { Bytes, MatterId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { LARGEST_PREVIEW } from '../../data/use-document.ts';
import { useText } from '../../text/use-text.ts';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import type { PaperItem } from './head.tsx';

interface Props {
  readonly matter: MatterId;
  readonly paper: PaperItem;
  readonly onClose: () => void;
}

/** A paper of the matter as it will be printed: to look at, to print, to keep. */
export function PaperPreview({ matter, paper, onClose }: Props) {
  const { t } = useText();
  const request = { matter, paper: paper.id, m: paper.m };
  const made = useAsk('paper:read', request);
  const save = useTell('paper:save');
  const bytes = made.value?.bytes;
  const read = useCallback(async () => new Uint8Array(bytes ?? []), [bytes]);
  useShortcut('Mod+P', () => window.print());
  return (
    <DocumentPreview
      acts={
        <>
          <Button onClick={() => window.print()}>{t('window.preview.print')}</Button>
          <Button loading={save.isPending} onClick={() => save.tell(request)}>
            {t('window.preview.save')}
          </Button>
        </>
      }
      document={
        made.value === undefined
          ? undefined
          : { name: made.value.title, size: made.value.bytes.length as Bytes, sha256: null, preview: 'pdf' }
      }
      failure={made.failure ?? save.failure}
      largest={LARGEST_PREVIEW}
      printable
      read={read}
      onClose={onClose}
    />
  );
}
