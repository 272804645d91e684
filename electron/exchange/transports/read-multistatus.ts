import { SaxesParser } from 'saxes';
import { AppError } from '../../../shared/errors.ts';
import { boundXml } from '../../../shared/model/bound-xml.ts';

/** One member of a collection, as PROPFIND tells of it (RFC 4918, 9.1 and 14). */
export interface DavMember {
  /** Path of the URL, percent-decoded, without a slash at the end. */
  readonly path: string;
  readonly isCollection: boolean;
  /** Null where the server does not say. */
  readonly size: number | null;
  readonly modifiedAt: Date | null;
}

const DAV = 'DAV:';
const LARGEST = 64 * 1024;
/** About thirty thousand files with what servers say of each: more than a listing of 16 MiB holds. */
const MOST_PARTS = 400_000;

/** @throws AppError ROUTE_MISBEHAVES for what is no multistatus */
export function readMultistatus(xml: string): DavMember[] {
  const members: DavMember[] = [];
  const parser = new SaxesParser({ xmlns: true });
  let open: { href: string; isCollection: boolean; size: string; modified: string } | null = null;
  let text = '';
  let isMultistatus = false;
  const refuse = (reason: string): never => {
    throw new AppError('ROUTE_MISBEHAVES', { reason });
  };
  parser.on('doctype', () => refuse('doctype'));
  parser.on('error', () => refuse('xml'));
  boundXml(parser, MOST_PARTS, () => refuse('xml'));
  parser.on('opentag', ({ uri, local }) => {
    text = '';
    if (uri !== DAV) return;
    if (local === 'multistatus') isMultistatus = true;
    if (local === 'response') open = { href: '', isCollection: false, size: '', modified: '' };
    if (local === 'collection' && open !== null) open.isCollection = true;
  });
  parser.on('text', (more) => {
    if (text.length + more.length > LARGEST) refuse('xml');
    text += more;
  });
  parser.on('closetag', ({ uri, local }) => {
    if (uri !== DAV || open === null) return;
    if (local === 'href' && open.href === '') open.href = text.trim();
    if (local === 'getcontentlength') open.size = text.trim();
    if (local === 'getlastmodified') open.modified = text.trim();
    if (local !== 'response') return;
    const member = toMember(open);
    if (member !== null) members.push(member);
    open = null;
  });
  parser.write(xml).close();
  return isMultistatus ? members : refuse('xml');
}

function toMember(raw: { href: string; isCollection: boolean; size: string; modified: string }): DavMember | null {
  const path = /^(?:https?:\/\/[^/]+)?(\/[^?#]*)/i.exec(raw.href)?.[1];
  if (path === undefined) return null;
  const modified = new Date(raw.modified);
  try {
    return {
      path: decodeURIComponent(path).replace(/\/$/, ''),
      isCollection: raw.isCollection,
      size: /^\d{1,15}$/.test(raw.size) ? Number(raw.size) : null,
      modifiedAt: Number.isNaN(modified.getTime()) ? null : modified,
    };
  } catch {
    // No name of ours: an escape that is none.
    return null;
  }
}
