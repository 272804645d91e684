/**
 * The octets that a password may stand for, most likely first. Standards name one form each (RFC 7292, appendix B.1:
 * BMPString; RFC 8018 and RFC 9579: UTF-8); the others are what writers in use have put there instead.
 */
export interface PasswordForms {
  /** For the KDF of RFC 7292. */
  readonly bmp: readonly Buffer[];
  /** For PBKDF2, scrypt and PBMAC1. */
  readonly octets: readonly Buffer[];
}

/** The caller ends with {@link wipePasswordForms}. */
export function passwordForms(password: string): PasswordForms {
  const utf8 = Buffer.from(password, 'utf8');
  const bmp = bmpPassword(password);
  // An empty password is zero octets for some writers and two zero octets for others
  if (password === '') return { bmp: [bmp, Buffer.alloc(0)], octets: [utf8] };
  // OpenSSL takes what it reads from the console as UTF-8, or where it is not (a Windows console in Chinese gives GBK)
  // as Latin-1; before version 1.1 always as Latin-1
  const gbk = encodeGbk(password);
  const misread = gbk === null ? [utf8] : [utf8, gbk];
  return {
    bmp: distinct([bmp, ...misread.map((octets) => bmpPassword(octets.toString('latin1')))]),
    octets: distinct([utf8, ...latin1(password), ...(gbk === null ? [] : [gbk]), bmp, bmp.subarray(0, -2)]),
  };
}

export function wipePasswordForms(forms: PasswordForms): void {
  for (const form of [...forms.bmp, ...forms.octets]) form.fill(0);
}

/** UTF-16BE and two zero octets. */
export function bmpPassword(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

function latin1(password: string): Buffer[] {
  const octets = Buffer.from(password, 'latin1');
  return octets.toString('latin1') === password ? [octets] : [];
}

function distinct(forms: readonly Buffer[]): Buffer[] {
  return forms.filter((form, index) => forms.findIndex((other) => other.equals(form)) === index);
}

let gbkCodes: ReadonlyMap<string, number> | null = null;

/** Null where the password is plain ASCII or has a character outside GBK. Node decodes GBK but does not encode it. */
function encodeGbk(password: string): Buffer | null {
  if (/^[\x00-\x7f]*$/.test(password)) return null;
  gbkCodes ??= invertGbk();
  const octets: number[] = [];
  for (const character of password) {
    const code = character < '\x80' ? character.charCodeAt(0) : gbkCodes.get(character);
    if (code === undefined) return null;
    if (code > 0xff) octets.push(code >> 8);
    octets.push(code & 0xff);
  }
  return Buffer.from(octets);
}

function invertGbk(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const codes = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') codes.set(character, (lead << 8) | trail);
    }
  }
  return codes;
}
