import './signed-words.css';

interface Props {
  readonly title: string;
  /** Whom it addresses. */
  readonly to: string;
  readonly paragraphs: readonly string[];
  /** Signer and date, at the right. */
  readonly closing: string;
  /** What the words are written in. */
  readonly lang?: string;
}

/** Words that are signed, set as an official document is: Song type, first lines indented, the salutation flush. */
export function SignedWords({ title, to, paragraphs, closing, lang = 'zh-CN' }: Props) {
  return (
    <article className="signed-words" lang={lang}>
      <h3>{title}</h3>
      <p className="signed-to">{to}</p>
      {paragraphs.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs are never reordered
        <p key={index}>{text}</p>
      ))}
      <p className="signed-closing">{closing}</p>
    </article>
  );
}
