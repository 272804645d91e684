import { visible } from '../../shared/text/visible.ts';
import './file-name.css';

const KEPT = 10;

/**
 * A file's name where space is tight: cut in the middle, its end and suffix kept. The whole name stays in the title and for
 * screen readers. Counterparts' names stay Chinese in the English window too.
 */
export function FileName({ name }: { readonly name: string }) {
  const shown = visible(name);
  const characters = [...shown];
  const cut = characters.length > KEPT * 2 ? characters.length - KEPT : characters.length;
  const end = characters.slice(cut).join('');
  return (
    <span className="file-name" lang="zh-CN" title={shown}>
      <span className="file-name-start">{characters.slice(0, cut).join('')}</span>
      {end !== '' && <span className="file-name-end">{end}</span>}
    </span>
  );
}
