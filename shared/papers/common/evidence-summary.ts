import type { Block, Cell, PaperBody } from '../paper.ts';

export interface SummaryAct {
  readonly pos: number | null;
  readonly title: string;
  readonly office: string;
  /** As it is to be read. */
  readonly createdAt: string;
  readonly m: string;
  readonly receipts: number;
}

export interface EvidenceSummary {
  readonly issuer: string;
  readonly title: string;
  readonly matter: string;
  readonly exportedAt: string;
  readonly acts: readonly SummaryAct[];
}

const cell = (text: string): Cell => ({ text: [text] });

/** What lies in a bundle, for people to read. It is no evidence itself: whoever verifies the bundle computes all of it anew. */
export function evidenceSummary({ issuer, title, matter, exportedAt, acts }: EvidenceSummary): PaperBody {
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text: [text], indent: 2 });
  return {
    style: 'form',
    origin: 'custom',
    issuer,
    title: ['证据包清单'],
    number: { label: '', value: null },
    addressee: null,
    blocks: [
      paragraph(`事项：${title}`),
      paragraph(`事项编号：${matter}`),
      paragraph(`导出机构：${issuer}；导出时间（自述）：${exportedAt}`),
      {
        kind: 'table',
        columns: [1, 4, 5, 4, 8, 2],
        head: ['次序', '行为', '机构', '签署时间（自述）', 'M', '回执'].map((text) => ({ ...cell(text), bold: true })),
        rows: acts.map((act) => [
          cell(act.pos === null ? '—' : String(act.pos)),
          cell(act.title),
          cell(act.office),
          cell(act.createdAt),
          cell(act.m),
          cell(String(act.receipts)),
        ]),
      },
    ],
    attachments: [],
    signature: null,
    tail: [
      {
        kind: 'note',
        text: [
          '本清单便于阅读，本身不是证据。请用 lexpost evidence verify 或证据核验页核验整个证据包；核验只说明截至所列次序的内容，不能说明其后没有别的内容。',
        ],
      },
    ],
  };
}
