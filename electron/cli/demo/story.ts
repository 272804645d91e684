import type { Form } from '../../../shared/model/forms/parse-form.ts';
import type { Act, ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { OfficeKey } from './cast.ts';

/** One act of the demonstration: who signs what, from which device, with which papers. */
export interface StoryAct {
  readonly by: OfficeKey;
  /** 0: the office's first device. */
  readonly device: 0 | 1;
  readonly act: Act;
  readonly form: Form;
  readonly papers: readonly StoryPaper[];
}

export interface StoryPaper {
  readonly name: string;
  readonly kind: string;
  /** Bytes, about. */
  readonly size: number;
}

export interface Story {
  readonly key: 'fileReview' | 'legalAid' | 'notarization' | 'verification' | 'assistance';
  readonly type: ProcedureType;
  /** Of its procedure. */
  readonly name: string;
  /** Whom the opener addresses; the first leads. */
  readonly to: readonly OfficeKey[];
  readonly acts: readonly StoryAct[];
}

const PAPER = 48_000;
/** A dossier of 3 MB: the real ones have a thousand times that, and need no more memory. */
const DOSSIER = 3_000_000;

const paper = (name: string, kind: string, size = PAPER): StoryPaper => ({ name, kind, size });

const act = (
  by: OfficeKey,
  kind: Act,
  form: Form,
  papers: readonly StoryPaper[] = [],
  device: 0 | 1 = 0,
): StoryAct => ({
  by,
  device,
  act: kind,
  form,
  papers,
});

/** @param on the day on which it plays, `YYYY-MM-DD` */
export function stories(on: string): readonly Story[] {
  return [fileReview(on), legalAid(on), notarization(on), verification(on), assistance(on)];
}

const CONTACT = { name: '示例联系人', phone: '021-00000000' };
const LAWYER = { name: '示例律师', licence: '13401202610000001', firm: '安徽示例律师事务所', phone: '0551-00000000' };

/** The pick-up office and the case office check separately; the dossier leaves only after the pledge. */
function fileReview(on: string): Story {
  const volumes = [{ number: '1', title: '诉讼文书卷', pages: 86 }];
  return {
    key: 'fileReview',
    type: 'file-review',
    name: 'file-review',
    to: ['procuratorate', 'pickUp'],
    acts: [
      act(
        'firm',
        'submit',
        {
          lawyers: [LAWYER],
          role: 'defender',
          basis: 'entrusted',
          party: { name: '示例犯罪嫌疑人', standing: 'suspect' },
          charge: '示例罪名',
          stage: 'prosecution-review',
          mode: 'remote',
          pickUpOffice: { name: '安徽示例人民检察院', id: '11340000MB0000007B', region: '340100' },
          scope: ['read', 'copy'],
          stateSecret: false,
        },
        [
          paper('律师执业证.pdf', 'lawyer-licence'),
          paper('律师事务所证明.pdf', 'firm-letter'),
          paper('委托书.pdf', 'power-of-attorney'),
        ],
      ),
      act('procuratorate', 'receipt', { step: 'registered', on, handler: CONTACT }),
      act('pickUp', 'receipt', { step: 'first-check', on, handler: CONTACT }),
      act('procuratorate', 'receipt', { step: 'second-check', on }),
      act('procuratorate', 'decision', { outcome: 'granted', on, mode: 'remote' }),
      act('procuratorate', 'notice', { notice: 'prepared', on, volumes }),
      act('firm', 'receipt', { step: 'pledge', on }, [paper('阅卷承诺书.pdf', 'pledge')], 1),
      act('procuratorate', 'deliver', { on, volumes, watermark: `示例律师 ${on}`, passwordSeparately: false }, [
        paper('第一卷 诉讼文书.pdf', 'dossier', DOSSIER),
      ]),
      act('firm', 'receipt', { step: 'collected', on }, [paper('阅卷回执.pdf', 'reading-receipt')]),
      act('procuratorate', 'close', { closedOn: on }),
    ],
  };
}

/** One paper is missing: the clock pauses until it comes. */
function legalAid(on: string): Story {
  const items = [{ item: '劳动合同', wanted: '补交劳动合同或者工资支付凭证' }];
  return {
    key: 'legalAid',
    type: 'legal-aid',
    name: 'legal-aid-transfer',
    to: ['aidZhejiang'],
    acts: [
      act(
        'aidJiangsu',
        'submit',
        {
          subtype: 'transfer',
          applicant: { kind: 'person', name: '示例申请人', identity: { kind: 'other', number: 'SHILI-0001' } },
          matterKind: 'labour',
          cause: '请求支付劳动报酬',
          hardship: { basis: 'statement', promised: true },
          urgent: false,
          receivedOn: on,
          papers: [{ name: '法律援助申请表', form: 'electronic', sheets: 2 }],
        },
        [
          paper('身份证.pdf', 'identity'),
          paper('法律援助申请表.pdf', 'application'),
          paper('经济困难状况说明.pdf', 'means-statement'),
          paper('谈话笔录.pdf', 'interview-record'),
        ],
      ),
      act('aidZhejiang', 'receipt', { step: 'registered', on, handler: CONTACT }),
      act('aidZhejiang', 'supplement-request', { items, by: on, effect: 'pause', contact: CONTACT }),
      act('aidJiangsu', 'supplement', { answers: [{ item: '劳动合同' }] }, [paper('工资支付凭证.pdf', 'supplement')]),
      act('aidZhejiang', 'decision', { outcome: 'granted', on, manner: 'agency' }, [
        paper('给予法律援助决定书.pdf', 'decision'),
      ]),
      act('aidZhejiang', 'deliver', { stage: 'assigned', on, lawyer: LAWYER }),
      act('aidZhejiang', 'notice', { notice: 'undertaken', on, progress: '已会见申请人，已申请劳动仲裁' }),
      act('aidZhejiang', 'deliver', { stage: 'case-report', on, result: '劳动报酬已经支付' }),
      act('aidJiangsu', 'receipt', { step: 'acknowledged', on }),
      act('aidZhejiang', 'close', { closedOn: on }),
    ],
  };
}

/** Verification elsewhere does not count in the fifteen working days. */
function notarization(on: string): Story {
  return {
    key: 'notarization',
    type: 'notarization',
    name: 'notarization-request',
    to: ['notaryJiangsu'],
    acts: [
      act(
        'firm',
        'submit',
        {
          subtype: 'request',
          applicants: [{ kind: 'person', name: '示例当事人', identity: { kind: 'other', number: 'SHILI-0002' } }],
          matterName: '学历',
          inPersonOnly: false,
          use: { purpose: '留学', country: '法国', language: '法文', copies: 2 },
          titles: ['毕业证书'],
          evidence: [{ name: '毕业证书', form: 'copy', sheets: 1 }],
          appliedOn: on,
        },
        [paper('身份证.pdf', 'identity'), paper('毕业证书.pdf', 'document'), paper('学历证明.pdf', 'proof')],
      ),
      act('notaryJiangsu', 'receipt', { step: 'pre-review', on }),
      act('notaryJiangsu', 'receipt', { step: 'accepted', on, handler: CONTACT }),
      act('notaryJiangsu', 'notice', { notice: 'verification-started', on, about: '毕业证书由浙江示例公证处核实' }),
      act('notaryJiangsu', 'notice', { notice: 'verification-ended', on }),
      act('notaryJiangsu', 'notice', { notice: 'approving', on }),
      act('notaryJiangsu', 'decision', {
        outcome: 'issued',
        on,
        certificateNumber: '示例证字第1号',
        notary: '公证示例甲',
      }),
      act(
        'notaryJiangsu',
        'deliver',
        { on, certificates: [{ number: '示例证字第1号', title: '学历公证书', copies: 2 }] },
        [paper('公证书.pdf', 'certificate')],
      ),
      act('firm', 'receipt', { step: 'collected', on }),
      act('notaryJiangsu', 'close', { closedOn: on }),
    ],
  };
}

function verification(on: string): Story {
  return {
    key: 'verification',
    type: 'notarization',
    name: 'notarization-verification',
    to: ['notaryZhejiang'],
    acts: [
      act(
        'notaryJiangsu',
        'submit',
        {
          subtype: 'verification',
          about: '学历公证',
          subject: { kind: 'person', name: '示例当事人', identity: { kind: 'other', number: 'SHILI-0002' } },
          document: { name: '毕业证书', issuer: '浙江示例学院' },
          questions: [{ number: 1, question: '该毕业证书是否由贵地院校颁发' }],
          method: 'archive',
          contact: CONTACT,
        },
        [paper('公证核实函.pdf', 'verification-letter'), paper('毕业证书复印件.pdf', 'copy')],
      ),
      act('notaryZhejiang', 'receipt', { step: 'registered', on }),
      act('notaryZhejiang', 'decision', { outcome: 'undertaken', on, handler: CONTACT }),
      act(
        'notaryZhejiang',
        'deliver',
        { on, answers: [{ number: 1, result: 'true', source: '院校档案' }], verifiers: ['公证示例乙', '公证示例丙'] },
        [paper('核实复函.pdf', 'verification-reply')],
      ),
      act('notaryJiangsu', 'receipt', { step: 'acknowledged', on }),
      act('notaryJiangsu', 'close', { closedOn: on }),
    ],
  };
}

/** One centre looks into things for another, puts its answer off once, and says what became of each item. */
function assistance(on: string): Story {
  return {
    key: 'assistance',
    type: 'legal-aid',
    name: 'legal-aid-assistance',
    to: ['aidZhejiang'],
    acts: [
      act(
        'aidJiangsu',
        'submit',
        {
          subtype: 'assistance',
          recipientOfAid: '示例受援人',
          caseOutline: '示例受援人机动车交通事故责任纠纷一案，事故发生地及主要证人均在贵中心辖区。',
          items: [
            { kind: 'evidence', requirement: '向事故发生地的公安机关交通管理部门调取事故认定书及现场照片' },
            { kind: 'visit', requirement: '协助承办律师与证人谈话' },
          ],
          by: on,
          contact: CONTACT,
        },
        [paper('法律援助协作函.pdf', 'cooperation-letter'), paper('给予法律援助决定书.pdf', 'aid-decision')],
      ),
      act('aidZhejiang', 'receipt', { step: 'registered', on, handler: CONTACT }),
      act('aidZhejiang', 'decision', { outcome: 'accepted', on, by: on, handler: CONTACT }),
      act('aidZhejiang', 'decision', { outcome: 'rescheduled', on, by: on, reason: '证人外出，返回后方可谈话' }),
      act(
        'aidZhejiang',
        'deliver',
        {
          on,
          results: [
            { item: '调查取证', result: '已调取事故认定书1份、现场照片12张', done: true },
            { item: '会见、谈话', result: '证人已迁居外省，建议向其现居住地的法律援助机构请求协作', done: false },
          ],
          handler: CONTACT,
        },
        [paper('事故认定书及现场照片.pdf', 'evidence')],
      ),
      act('aidJiangsu', 'receipt', { step: 'acknowledged', on }),
      act('aidJiangsu', 'close', { closedOn: on }),
    ],
  };
}
