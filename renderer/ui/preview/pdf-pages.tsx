import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { openPdf } from './open-pdf.ts';

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** CSS pixels. */
  readonly width: number;
  /** To be printed: every page is drawn at once, and fine enough for paper. */
  readonly printable: boolean;
  readonly onFailure: () => void;
}

/** Pixels drawn for one CSS pixel: about 170 dpi on A4. At an odd number the screen, which shows it smaller, would lose hairlines. */
const PRINTED = 2;

/** Every page below the other; a page is drawn when it comes near the view, so that 20 volumes cost what is looked at. */
export function PdfPages({ bytes, width, printable, onFailure }: Props) {
  const [document, setDocument] = useState<PDFDocumentProxy | null>(null);
  const fail = useEffectEvent(onFailure);
  useEffect(() => {
    const opened = openPdf(bytes.slice());
    opened.promise.then(setDocument, () => fail());
    return opened.close;
  }, [bytes]);
  if (document === null) return null;
  return (
    <div className="pdf-pages">
      {Array.from({ length: document.numPages }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place
        <PdfPage key={index} document={document} number={index + 1} printable={printable} width={width} />
      ))}
    </div>
  );
}

interface PageProps {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  readonly printable: boolean;
  readonly width: number;
}

/** A4, until the page itself says otherwise. */
const USUAL = Math.SQRT2;

function PdfPage({ document, number, printable, width }: PageProps) {
  const { t } = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [ratio, setRatio] = useState(USUAL);
  const [words, setWords] = useState('');
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    let stop = () => {};
    const scale = printable ? Math.max(PRINTED, window.devicePixelRatio) : window.devicePixelRatio;
    const start = (): void => {
      stop = draw(document, number, { canvas: element, width, scale }, (drawn) => {
        setRatio(drawn.ratio);
        setWords(drawn.words);
      });
    };
    if (printable) {
      start();
      return () => stop();
    }
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        watcher.disconnect();
        start();
      },
      { rootMargin: '600px' },
    );
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      stop();
    };
  }, [document, number, printable, width]);
  // What is printed is as wide as the sheet, whatever the window was.
  const style = { '--page-width': `${width}px`, '--page-form': String(1 / ratio) } as CSSProperties;
  return (
    <figure className="pdf-page">
      <canvas ref={canvas} aria-hidden style={style} />
      <figcaption className="unseen">
        {t('window.preview.page', { number, total: document.numPages })} <span lang="zh-CN">{words}</span>
      </figcaption>
    </figure>
  );
}

interface Drawn {
  readonly ratio: number;
  /** For whoever does not see the page. */
  readonly words: string;
}

interface Sheet {
  readonly canvas: HTMLCanvasElement;
  /** CSS pixels. */
  readonly width: number;
  /** Pixels drawn for one of them. */
  readonly scale: number;
}

function draw(
  document: PDFDocumentProxy,
  number: number,
  { canvas, width, scale }: Sheet,
  tell: (drawn: Drawn) => void,
): () => void {
  let over = false;
  let cancel = (): void => {};
  const run = async (): Promise<void> => {
    const page = await document.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (width / plain.width) * scale });
    if (over) return;
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    const task = page.render({ canvas, viewport });
    cancel = () => task.cancel();
    await task.promise;
    const { items } = await page.getTextContent();
    if (!over)
      tell({
        ratio: viewport.height / viewport.width,
        words: items.map((item) => ('str' in item ? item.str : '')).join(' '),
      });
  };
  // A page that cannot be drawn stays white; the document as a whole said whether it could be read.
  run().catch(() => {});
  return () => {
    over = true;
    cancel();
  };
}
