import { cursor, type Element } from '../../pki/asn1/der-reader.ts';

/** The one member of an EXPLICIT tag. Throws Asn1Error where there is none or another. */
export function onlyMember(parent: Element): Element {
  const members = cursor(parent);
  const member = members.next();
  members.end();
  return member;
}
