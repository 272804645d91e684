import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';

/** Character maps of fonts that a Chinese PDF names without carrying them, by file name; bundled, fetched only when one is asked for. */
const MAPS = import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
});
const FONTS = import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** What pdf.js asks for beside the document comes from the window's own bundle, never from an address that a document could choose. */
class BundledData {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = [...Object.entries(MAPS), ...Object.entries(FONTS)].find(([path]) =>
      path.endsWith(`/${filename}`),
    )?.[1];
    if (address === undefined) throw new Error(`${filename} is not part of the window`);
    const answer = await fetch(address);
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/** Ours and not a document's: one that is closed would take it along, and the next that is opened meanwhile would find it dying. */
let worker: PDFWorker | null = null;

/**
 * Parses a PDF in a thread of its own. Nothing in it runs: no scripts, no XFA, no links to follow, no WebAssembly (the policy of the page refuses it).
 *
 * @param bytes taken over by the thread
 */
export function openPdf(bytes: Uint8Array<ArrayBuffer>): { promise: Promise<PDFDocumentProxy>; close: () => void } {
  worker ??= PDFWorker.create({
    port: new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' }),
  });
  const task = getDocument({
    data: bytes,
    worker,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: true,
    stopAtErrors: false,
    isOffscreenCanvasSupported: false,
    BinaryDataFactory: BundledData,
  });
  return { promise: task.promise, close: () => void task.destroy() };
}
