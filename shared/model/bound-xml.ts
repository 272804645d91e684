/** What of a parser of XML is listened to here; saxes has it. */
interface XmlParser {
  on(event: 'opentagstart' | 'attribute', listener: () => void): void;
}

/** Of one element: the root of a manifest or a listing names its namespaces by them. */
const MOST_ATTRIBUTES = 32;

/**
 * Bounds an XML text in parts as well as in bytes. Every element and attribute costs, most of all those that name namespaces: 16 MiB of them held the program for a
 * third of a minute, before anybody's signature was asked.
 *
 * @param most elements and attributes of the whole text
 * @param refuse throws
 */
export function boundXml(parser: XmlParser, most: number, refuse: (reason: string) => never): void {
  let parts = 0;
  let attributes = 0;
  const count = (): void => {
    if (++parts > most) refuse('too many elements and attributes');
  };
  parser.on('opentagstart', () => {
    attributes = 0;
    count();
  });
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) refuse('too many attributes');
    count();
  });
}
