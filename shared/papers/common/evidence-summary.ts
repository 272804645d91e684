import type { Block, Cell, PaperBody } from '../paper.ts';
import { word } from '../words.ts';
import { cell, flush, heading, heads, label, note, numbered, paragraph, shanghaiTime } from '../write-text.ts';

/** A time as its signer says it, and by when a timestamp proves the signature; RFC 3339. */
interface Times {
  readonly claimedAt: string;
  /** Null: no timestamp is kept. */
  readonly provenAt: string | null;
}

export interface SummaryReceipt extends Times {
  readonly office: string;
  readonly kind: string;
}

export interface SummaryAct extends Times {
  readonly pos: number | null;
  readonly title: string;
  readonly office: string;
  readonly person: string;
  readonly m: string;
  /** Why the procedure counts it for nothing; null where it counts. */
  readonly voidReason: string | null;
  readonly documents: readonly { readonly name: string; readonly size: number; readonly sha256: string }[];
  /** Of other offices than the author's. */
  readonly receipts: readonly SummaryReceipt[];
}

export interface SummaryClock {
  readonly title: string;
  readonly state: string;
  readonly due: string | null;
  readonly article: string;
}

export interface EvidenceSummary {
  readonly issuer: string;
  readonly title: string;
  readonly matter: string;
  readonly procedure: string;
  readonly state: string;
  readonly parties: readonly {
    readonly role: 'lead' | 'opener' | 'other';
    readonly name: string;
    readonly code: string;
  }[];
  readonly exportedAt: string;
  readonly program: string;
  /** In the lead's order, those without a place last. */
  readonly acts: readonly SummaryAct[];
  readonly clocks: readonly SummaryClock[];
  /** M of messages whose containers are no longer here. */
  readonly missing: readonly string[];
}

/** What lies in a bundle, for people to read. It is no evidence itself: whoever verifies the bundle computes all of it anew. */
export function evidenceSummary(summary: EvidenceSummary): PaperBody {
  const { issuer, acts, clocks } = summary;
  const documents = acts.flatMap((act) => act.documents.map((file) => ({ ...file, act })));
  return {
    style: 'form',
    origin: 'custom',
    issuer,
    title: ['证据包说明'],
    number: null,
    addressee: null,
    blocks: [
      about(summary),
      heading('一、经过'),
      paragraph(
        '以下按主办机构所排次序列出各方签名的文书。“有时间戳”指时间戳机构证明该签名在所列时刻之前已经存在；“自述”指签名方自己填写的时间，不作证明。时间均为北京时间。',
      ),
      courseOf(acts),
      heading('二、附件'),
      documents.length === 0 ? flush('（无附件，内容见签名文书）') : documentsOf(documents),
      heading('三、期限'),
      clocks.length === 0 ? flush('（没有进行或者结束的期限）') : clocksOf(clocks),
      heading('四、证据包不能证明的事项'),
      ...numbered(unproven(summary)),
      heading('五、如何核验'),
      ...numbered([
        '用 lexpost evidence verify 命令或者单独发布的证据核验页（一个网页文件，不联网）打开整个证据包。',
        '输入自己从可信渠道取得的发证机构证书；没有发证机构的，与对方当面或者电话核对名片指纹。不要使用证据包里的信任根。',
        '以核验程序重新得出的报告为准；其中的次序、状态和时间应与本说明相同，不同的以核验报告为准。',
        '不使用上述程序的，可将证据包作为 ZIP 解开：messages 与 receipts 中每个文件是 ASiC-E 容器，任何支持欧洲电子签名标准的验证工具都能核验其签名。',
      ]),
    ],
    attachments: [],
    signature: null,
    tail: [note('本说明由导出机构的程序生成，没有签名，本身不是证据。')],
  };
}

function about(summary: EvidenceSummary): Block {
  const { title, matter, procedure, state, parties, issuer, exportedAt, program } = summary;
  const wide = (text: string): Cell => cell(text, { span: 3 });
  return {
    kind: 'table',
    columns: [4, 10, 4, 8],
    rows: [
      [label('事　项'), wide(title)],
      [label('程　序'), cell(procedure), label('状　态'), cell(state)],
      ...parties.map(({ role, name, code }) => [label(word('part', role)), wide(`${name}（${code}）`)]),
      [label('导出机构'), wide(issuer)],
      [label('导出时间'), cell(`${shanghaiTime(exportedAt)}（自述）`), label('软　件'), cell(program)],
      [label('事项标识'), wide(matter)],
    ],
  };
}

function courseOf(acts: readonly SummaryAct[]): Block {
  return {
    kind: 'table',
    columns: [2, 8, 9, 10],
    head: heads('次序', '文书', '签名与时间', '其他机构的回执'),
    rows: acts.map((act) => [
      cell(act.pos === null ? '—' : String(act.pos), { align: 'center' }),
      cell(
        `${act.title}${act.voidReason === null ? '' : `（依程序规则无效：${act.voidReason}）`}　标识 ${act.m.slice(0, 16)}…`,
      ),
      cell(`${act.office}　${act.person}　${timesOf(act)}`),
      cell(act.receipts.length === 0 ? '没有回执' : act.receipts.map(receiptText).join('；')),
    ]),
  };
}

const receiptText = (receipt: SummaryReceipt): string =>
  `${receipt.office} ${word('receipt', receipt.kind)}，${timesOf(receipt)}`;

function timesOf({ claimedAt, provenAt }: Times): string {
  return provenAt === null
    ? `自述 ${shanghaiTime(claimedAt)}，没有时间戳`
    : `有时间戳，不晚于 ${shanghaiTime(provenAt)}`;
}

function documentsOf(
  documents: readonly {
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
    readonly act: SummaryAct;
  }[],
): Block {
  return {
    kind: 'table',
    columns: [2, 8, 4, 15],
    head: heads('次序', '文件名', '字节数', 'SHA-256'),
    rows: documents.map(({ name, size, sha256, act }) => [
      cell(act.pos === null ? '—' : String(act.pos), { align: 'center' }),
      cell(name),
      cell(String(size), { align: 'right' }),
      cell(sha256),
    ]),
  };
}

function clocksOf(clocks: readonly SummaryClock[]): Block {
  return {
    kind: 'table',
    columns: [8, 5, 6, 10],
    head: heads('期限', '状态', '届满', '依据'),
    rows: clocks.map(({ title, state, due, article }) => [
      cell(title),
      cell(state, { align: 'center' }),
      cell(due === null ? '—' : due.replace('T', ' '), { align: 'center' }),
      cell(article === '' ? '文书中写明的日期' : article),
    ]),
  };
}

function unproven({ acts, missing }: EvidenceSummary): string[] {
  const placesOf = (some: readonly SummaryAct[]): string =>
    some.map(({ pos, title }) => (pos === null ? title : `第 ${pos} 项`)).join('、');
  const unstamped = acts.filter(({ provenAt }) => provenAt === null);
  const unanswered = acts.filter(({ receipts }) => receipts.length === 0);
  const uncounted = acts.filter(({ pos }) => pos === null);
  return [
    ...(missing.length === 0
      ? []
      : [`有 ${missing.length} 份文书的原件已不在导出机构，证据包里没有，核验时会列为缺口。`]),
    ...(unstamped.length === 0 ? [] : [`${placesOf(unstamped)}没有时间戳，签名时间只有自述。`]),
    ...(unanswered.length === 0
      ? []
      : [`${placesOf(unanswered)}没有其他机构的回执，不能证明已经送达，也不证明没有收到。`]),
    ...(uncounted.length === 0 ? [] : [`${placesOf(uncounted)}没有主办机构给出的次序，不计入状态。`]),
    '最后一项之后是否还有别的文书，仅凭证据包不能断定。',
    '签名只证明由谁签署、内容未被改动，不证明文书所述事实真实，也不证明请求合法。',
    '送达的时间介于文书的证明时间与回执的证明时间之间。',
  ];
}
