import { writeChosen } from '../usecases/chosen-files.ts';
import type { Desk, Shell } from './desk.ts';
import { noteOf } from './office-of.ts';

type Page = Parameters<Shell['print']>[0];

/** A page as PDF, where the person says. @returns false where the dialog was closed */
export async function savePdf(desk: Desk, name: string, page: () => Page): Promise<boolean> {
  const { shell } = desk;
  const path = await shell.chooseTarget(`${name}.pdf`);
  if (path === null) return false;
  await writeChosen(path, Buffer.from(await shell.drawPdf(page())), noteOf(desk));
  return true;
}

export interface SaveReport {
  /** Of the file that was judged. */
  readonly name: string;
  readonly format: 'pdf' | 'html' | 'json';
  /** For programs. */
  readonly report: object;
  /** For people. */
  readonly page: () => Page;
}

/** A verdict as a file. @returns false where the dialog was closed */
export async function saveReport(desk: Desk, { name, format, report, page }: SaveReport): Promise<boolean> {
  if (format === 'pdf') return savePdf(desk, name, page);
  const path = await desk.shell.chooseTarget(`${name}.${format}`);
  if (path === null) return false;
  const text = format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : page().html;
  await writeChosen(path, Buffer.from(text, 'utf8'), noteOf(desk));
  return true;
}
