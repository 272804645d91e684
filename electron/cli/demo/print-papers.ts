import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MatterId } from '../../../shared/model/brand.ts';
import { findPaper } from '../../../shared/papers/find-paper.ts';
import { setNumberPattern } from '../../usecases/papers/paper-number.ts';
import { renderMatterPaper } from '../../usecases/papers/render-matter-paper.ts';
import type { OfficeKey } from './cast.ts';
import type { PlayedAct } from './play-story.ts';
import type { Players } from './set-up-offices.ts';
import type { Story } from './story.ts';

/** The papers of the demonstration, printed by the office that signed the act, as soon as everybody has it. */

/** Numbers that the made-up offices give: what an office would set once. */
const PATTERNS: readonly (readonly [OfficeKey, string, string])[] = [
  ['firm', 'firm-letter', '（{year}）示函字第{n}号'],
  ['procuratorate', 'reading-decision', '示检阅告〔{year}〕{n}号'],
  ['procuratorate', 'supplement-notice', '示检补告〔{year}〕{n}号'],
  ['aidZhejiang', 'materials-receipt', '示援收〔{year}〕{n}号'],
  ['aidZhejiang', 'supplement-notice', '示援补〔{year}〕{n}号'],
  ['aidZhejiang', 'aid-granted', '示援决〔{year}〕{n}号'],
  ['aidZhejiang', 'legal-aid-letter', '示援函〔{year}〕{n}号'],
  ['notaryJiangsu', 'notarization-accepted', '（{year}）示证受字第{n}号'],
  ['notaryJiangsu', 'verification-letter', '（{year}）示证核字第{n}号'],
  ['notaryZhejiang', 'verification-reply', '（{year}）示证复字第{n}号'],
];

const PROOF = 'delivery-proof';

export function setDemoPatterns(players: Players): void {
  for (const [key, paper, pattern] of PATTERNS) {
    const context = players.get(key)?.devices[0]?.context;
    if (context !== undefined) setNumberPattern(context, paper, pattern, 'demo');
  }
}

export interface SettledAct {
  readonly story: Story;
  readonly matter: MatterId;
  readonly played: PlayedAct;
}

/** Writes `papers/<story>/<nn>-<title>.pdf` for each paper of an act; the opening act also gets its proof of delivery. @returns the files */
export async function printPapers(dir: string, { story, matter, played }: SettledAct, from: number): Promise<string[]> {
  const folder = join(dir, 'papers', story.key);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const opening = played.act === story.acts[0];
  const ids = new Set(opening ? [...played.papers, PROOF] : played.papers.filter((id) => id !== PROOF));
  const files: string[] = [];
  for (const id of ids) {
    const definition = findPaper(id);
    if (definition === null) continue;
    const { pdf } = await renderMatterPaper(played.device.context, { matter, paper: id, m: played.m });
    const order = String(from + files.length + 1).padStart(2, '0');
    const file = join(folder, `${order}-${definition.title.replaceAll('/', '、')}.pdf`);
    await writeFile(file, pdf);
    files.push(file);
  }
  return files;
}
