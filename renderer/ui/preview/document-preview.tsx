import { Button, Drawer } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { Preview } from '../../../shared/model/preview.ts';
import { visible } from '../../../shared/text/visible.ts';
import { useText } from '../../text/use-text.ts';
import { useMedia } from '../../theme/use-media.ts';
import { Digest } from '../digest.tsx';
import { type Failure, FailureLine } from '../error-sheet.tsx';
import { useFocusBack } from '../use-focus-back.ts';
import { PdfPages } from './pdf-pages.tsx';
import './document-preview.css';

export interface PreviewedDocument {
  readonly name: string;
  readonly size: Bytes;
  /** Null for a paper, which is made for the view. */
  readonly sha256: string | null;
  readonly preview: Preview;
}

interface Props {
  /** Undefined while it is being opened. */
  readonly document: PreviewedDocument | undefined;
  readonly failure: Failure | null;
  /** All of its bytes. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Of this size and below a preview is made. */
  readonly largest: Bytes;
  /** A paper, which is to be printed: all of its pages are drawn, and fine enough. */
  readonly printable?: boolean;
  /** Print, keep: acts of their own. */
  readonly acts?: ReactNode;
  /** Takes it out of the vault. */
  readonly onExport?: () => void;
  readonly exporting?: boolean;
  readonly onClose: () => void;
}

const WIDTH = 760;
const MARGIN = 56;

/** A document in the window. Nothing in it runs and nothing of it touches the disk. */
export function DocumentPreview({
  document,
  failure,
  read,
  largest,
  printable = false,
  acts,
  onExport,
  exporting,
  onClose,
}: Props) {
  const { t, bytes } = useText();
  const narrow = useMedia('(max-width: 820px)');
  useFocusBack();
  return (
    <Drawer
      className="preview"
      closable={{ 'aria-label': t('window.preview.close') }}
      extra={
        <div className="preview-acts">
          {acts}
          {onExport !== undefined && (
            <Button loading={exporting ?? false} onClick={onExport}>
              {t('window.preview.export')}
            </Button>
          )}
        </div>
      }
      open
      size={narrow ? '100%' : WIDTH}
      title={<span lang="zh-CN">{document === undefined ? t('window.preview.title') : visible(document.name)}</span>}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={t('window.preview.title')} className="preview-scroll" tabIndex={0}>
        {document !== undefined && (
          <p className="meta text3 preview-facts num">
            {bytes(document.size)}
            {document.sha256 !== null && <Digest value={document.sha256} />}
          </p>
        )}
        {failure !== null && <FailureLine failure={failure} />}
        {document !== undefined && (
          <Body document={document} largest={largest} narrow={narrow} printable={printable} read={read} />
        )}
      </section>
    </Drawer>
  );
}

interface BodyProps extends Pick<Props, 'read' | 'largest'> {
  readonly document: PreviewedDocument;
  readonly narrow: boolean;
  readonly printable: boolean;
}

function Body({ document, largest, narrow, printable, read }: BodyProps) {
  const { t } = useText();
  const { preview, size, name } = document;
  const tooLarge = size > largest;
  const shown = (preview === 'pdf' || preview === 'image' || preview === 'text') && !tooLarge;
  const [content, setContent] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!shown) return;
    let over = false;
    read().then(
      (bytes) => !over && setContent(bytes),
      () => !over && setFailed(true),
    );
    return () => {
      over = true;
    };
  }, [read, shown]);
  if (tooLarge) return <p>{t('window.preview.tooLarge')}</p>;
  if (preview === 'ofd') return <p>{t('window.preview.ofd')}</p>;
  if (!shown) return <p>{t('window.preview.none')}</p>;
  if (failed) return <p role="alert">{t('window.preview.failed')}</p>;
  if (content === null)
    return (
      <p className="text3" role="status">
        {t('window.preview.reading')}
      </p>
    );
  if (preview === 'pdf') {
    const width = (narrow ? window.innerWidth : WIDTH) - MARGIN;
    return <PdfPages bytes={content} printable={printable} width={width} onFailure={() => setFailed(true)} />;
  }
  if (preview === 'text')
    return (
      <pre className="preview-text" lang="zh-CN">
        {decode(content)}
      </pre>
    );
  return <Picture content={content} name={name} onFailure={() => setFailed(true)} />;
}

interface PictureProps {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly name: string;
  readonly onFailure: () => void;
}

function Picture({ content, name, onFailure }: PictureProps) {
  const address = useMemo(() => URL.createObjectURL(new Blob([content])), [content]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <img alt={visible(name)} className="preview-picture" src={address} onError={onFailure} />;
}

/** UTF-8, and what Chinese offices still write otherwise. */
function decode(content: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('gb18030').decode(content);
  }
}
