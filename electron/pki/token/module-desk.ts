import { hash } from 'node:crypto';
import pkcs11, { type Handle, type Template } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import { nullValue, objectIdentifier, octetString, sequence } from '../asn1/der-writer.ts';
import { OID } from '../oids.ts';
import type { TokenCall, TokenDigest, TokenInfo } from './token-calls.ts';
import { isCkr, toTokenError } from './token-failure.ts';

/** One PKCS#11 module, loaded into this process. Everything waits until the module answers: its process has nothing else to do. */
export interface ModuleDesk {
  answer(call: TokenCall): unknown;
}

type Module = InstanceType<typeof pkcs11.PKCS11>;

interface LoggedIn {
  readonly session: Handle;
  readonly slot: Handle;
}

/** Longest signature or plaintext that a token gives: RSA-16384. */
const OUTPUT = 2048;
/** CKZ_DATA_SPECIFIED: the label comes with the parameters. */
const DATA_SPECIFIED = 1;

export function createModuleDesk(): ModuleDesk {
  let module: Module | null = null;
  let login: LoggedIn | null = null;
  const loaded = (): Module => {
    if (module === null) throw new AppError('TOKEN_MODULE_MISSING');
    return module;
  };
  const loggedIn = (): LoggedIn => {
    if (login === null) throw new AppError('TOKEN_PIN_NEEDED');
    return login;
  };
  const run = (call: TokenCall): unknown => {
    switch (call.kind) {
      case 'open':
        module = loadModule(call.module, call.parameters);
        return null;
      case 'list-tokens':
        return listTokens(loaded());
      case 'list-certificates':
        return listCertificates(loaded(), call.slot, login);
      case 'log-in':
        // A second login would succeed whatever its PIN: the token is open already
        if (login !== null) throw new AppError('TOKEN_IN_USE');
        login = logIn(loaded(), call.slot, call.pin);
        return null;
      case 'log-out':
        if (login !== null) closeQuietly(loaded(), login.session);
        login = null;
        return null;
      case 'sign':
        return sign(loaded(), loggedIn(), call);
      case 'decrypt-oaep':
        return decryptOaep(loaded(), loggedIn(), call);
      case 'agree':
        return agree(loaded(), loggedIn(), call);
    }
  };
  return {
    answer(call) {
      try {
        return run(call);
      } catch (error) {
        throw toTokenError(error);
      }
    },
  };
}

function loadModule(path: string, parameters: string | null): Module {
  const module = new pkcs11.PKCS11();
  try {
    module.load(path);
  } catch (error) {
    throw new AppError('TOKEN_MODULE_MISSING', {}, error);
  }
  // NSS takes where its database lies in a field of its own
  if (parameters === null) module.C_Initialize();
  else module.C_Initialize({ libraryParameters: parameters, flags: pkcs11.CKF_OS_LOCKING_OK });
  return module;
}

function listTokens(module: Module): TokenInfo[] {
  return module.C_GetSlotList(true).flatMap((slot) => {
    const info = describeToken(module, slot);
    return info === null ? [] : [info];
  });
}

/** Null: pulled out between the list and the question. */
function describeToken(module: Module, slot: Handle): TokenInfo | null {
  try {
    const { label, serialNumber, manufacturerID, model, flags } = module.C_GetTokenInfo(slot);
    return {
      slot: slot.toString('hex'),
      label: clean(label),
      serial: clean(serialNumber),
      manufacturer: clean(manufacturerID),
      model: clean(model),
      pin: pinState(flags),
      pinPad: (flags & pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0,
    };
  } catch (error) {
    if (isCkr(error, pkcs11.CKR_TOKEN_NOT_PRESENT, pkcs11.CKR_TOKEN_NOT_RECOGNIZED, pkcs11.CKR_DEVICE_REMOVED))
      return null;
    throw error;
  }
}

/** Fields are padded with blanks, by some modules with NULs. */
function clean(text: string): string {
  return text.replaceAll('\0', ' ').trim().slice(0, 64);
}

function pinState(flags: number): TokenInfo['pin'] {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (!has(pkcs11.CKF_TOKEN_INITIALIZED) || !has(pkcs11.CKF_USER_PIN_INITIALIZED)) return 'none';
  if (has(pkcs11.CKF_USER_PIN_LOCKED)) return 'locked';
  if (has(pkcs11.CKF_USER_PIN_FINAL_TRY)) return 'last-try';
  return has(pkcs11.CKF_USER_PIN_COUNT_LOW) ? 'few-tries' : 'ready';
}

function listCertificates(module: Module, slot: string, login: LoggedIn | null) {
  const handle = Buffer.from(slot, 'hex');
  const mine = login?.slot.equals(handle) ? login.session : null;
  const session = mine ?? module.C_OpenSession(handle, pkcs11.CKF_SERIAL_SESSION);
  try {
    const found = find(module, session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
      { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
    ]);
    return found.map((object) => ({
      id: read(module, session, object, pkcs11.CKA_ID).toString('hex'),
      label: clean(read(module, session, object, pkcs11.CKA_LABEL).toString('utf8')),
      der: read(module, session, object, pkcs11.CKA_VALUE),
    }));
  } finally {
    if (mine === null) closeQuietly(module, session);
  }
}

function logIn(module: Module, slot: string, pin: Buffer): LoggedIn {
  const handle = Buffer.from(slot, 'hex');
  const info = describeToken(module, handle);
  if (info === null) throw new AppError('TOKEN_REMOVED');
  if (info.pin === 'none') throw new AppError('TOKEN_UNINITIALISED');
  if (info.pin === 'locked') throw new AppError('TOKEN_PIN_LOCKED');
  // A program that tries again by itself must not be what locks the token
  if (info.pin === 'last-try') throw new AppError('TOKEN_PIN_LAST_TRY');
  const session = module.C_OpenSession(handle, pkcs11.CKF_SERIAL_SESSION);
  try {
    if (info.pinPad && pin.length === 0) module.C_Login(session, pkcs11.CKU_USER);
    else module.C_Login(session, pkcs11.CKU_USER, pin.toString('utf8'));
    return { session, slot: handle };
  } catch (error) {
    closeQuietly(module, session);
    throw explainPin(module, handle, error);
  } finally {
    pin.fill(0);
  }
}

/** Whether the wrong PIN was the last one that the token takes stands in its flags. */
function explainPin(module: Module, slot: Handle, error: unknown): unknown {
  if (!isCkr(error, pkcs11.CKR_PIN_INCORRECT)) return error;
  const now = describeToken(module, slot)?.pin;
  if (now === 'locked') return new AppError('TOKEN_PIN_LOCKED', {}, error);
  if (now === 'last-try') return new AppError('TOKEN_PIN_LAST_TRY', {}, error);
  return new AppError('TOKEN_PIN_WRONG', { tries: now === 'few-tries' ? 'few' : 'unknown' }, error);
}

/** Prefixes of DigestInfo (RFC 8017, 9.2, note 1) come out of the same DER writer. */
const DIGEST_OIDS: Readonly<Record<TokenDigest, string>> = {
  sha256: OID.sha256,
  sha384: OID.sha384,
  sha512: OID.sha512,
};
const RSA_WITH: Readonly<Record<TokenDigest, number>> = {
  sha256: pkcs11.CKM_SHA256_RSA_PKCS,
  sha384: pkcs11.CKM_SHA384_RSA_PKCS,
  sha512: pkcs11.CKM_SHA512_RSA_PKCS,
};
const HASHES: Readonly<Record<TokenDigest, { readonly mechanism: number; readonly mgf: number }>> = {
  sha256: { mechanism: pkcs11.CKM_SHA256, mgf: pkcs11.CKG_MGF1_SHA256 },
  sha384: { mechanism: pkcs11.CKM_SHA384, mgf: pkcs11.CKG_MGF1_SHA384 },
  sha512: { mechanism: pkcs11.CKM_SHA512, mgf: pkcs11.CKG_MGF1_SHA512 },
};

function sign(
  module: Module,
  { session, slot }: LoggedIn,
  { key, scheme, digest, data }: Extract<TokenCall, { kind: 'sign' }>,
): Buffer {
  const can = (mechanism: number): boolean => canSign(module, slot, mechanism);
  const digested = (): Buffer => hash(digest, data, 'buffer');
  const handle = findKey(module, session, key);
  const by = (mechanism: number | pkcs11.Mechanism, input: Buffer): Buffer => {
    module.C_SignInit(session, typeof mechanism === 'number' ? { mechanism } : mechanism, handle);
    return module.C_Sign(session, input, Buffer.alloc(OUTPUT));
  };
  switch (scheme) {
    case 'ecdsa':
      // Hashed here: many tokens know no CKM_ECDSA_SHA256
      return by(pkcs11.CKM_ECDSA, digested());
    case 'pkcs1': {
      if (can(RSA_WITH[digest])) return by(RSA_WITH[digest], data);
      const info = sequence(sequence(objectIdentifier(DIGEST_OIDS[digest]), nullValue()), octetString(digested()));
      return by(pkcs11.CKM_RSA_PKCS, info);
    }
    case 'pss': {
      const { mechanism: hashAlg, mgf } = HASHES[digest];
      const saltLen = digested().length;
      const parameter = { type: pkcs11.CK_PARAMS_RSA_PSS, hashAlg, mgf, saltLen };
      return by({ mechanism: pkcs11.CKM_RSA_PKCS_PSS, parameter }, digested());
    }
  }
}

function canSign(module: Module, slot: Handle, mechanism: number): boolean {
  try {
    return (module.C_GetMechanismInfo(slot, mechanism).flags & pkcs11.CKF_SIGN) !== 0;
  } catch (error) {
    if (isCkr(error, pkcs11.CKR_MECHANISM_INVALID)) return false;
    throw error;
  }
}

/** Null where it does not decrypt. @throws TOKEN_CANNOT where the token knows no OAEP with SHA-256 */
function decryptOaep(
  module: Module,
  { session }: LoggedIn,
  { key, ciphertext }: Extract<TokenCall, { kind: 'decrypt-oaep' }>,
): Buffer | null {
  const parameter = {
    type: pkcs11.CK_PARAMS_RSA_OAEP,
    hashAlg: pkcs11.CKM_SHA256,
    mgf: pkcs11.CKG_MGF1_SHA256,
    source: DATA_SPECIFIED,
  };
  const handle = findKey(module, session, key);
  try {
    module.C_DecryptInit(session, { mechanism: pkcs11.CKM_RSA_PKCS_OAEP, parameter }, handle);
  } catch (error) {
    // SoftHSM's word for every hash but SHA-1
    if (isCkr(error, pkcs11.CKR_ARGUMENTS_BAD)) throw new AppError('TOKEN_CANNOT', { reason: 'OAEP-SHA256' }, error);
    throw error;
  }
  try {
    return module.C_Decrypt(session, ciphertext, Buffer.alloc(OUTPUT));
  } catch (error) {
    if (isCkr(error, pkcs11.CKR_ENCRYPTED_DATA_INVALID, pkcs11.CKR_ENCRYPTED_DATA_LEN_RANGE)) return null;
    throw error;
  }
}

function agree(
  module: Module,
  { session }: LoggedIn,
  { key, point, length }: Extract<TokenCall, { kind: 'agree' }>,
): Buffer {
  const handle = findKey(module, session, key);
  const secret = derive(module, session, handle, point, length);
  try {
    return read(module, session, secret, pkcs11.CKA_VALUE);
  } finally {
    module.C_DestroyObject(session, secret);
  }
}

/** PKCS#11 2.40 (2.3.8) has modules take the raw point; older ones want it in an OCTET STRING. */
function derive(module: Module, session: Handle, key: Handle, point: Buffer, length: number): Handle {
  const template: Template = [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_SECRET_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_GENERIC_SECRET },
    { type: pkcs11.CKA_VALUE_LEN, value: length },
    { type: pkcs11.CKA_TOKEN, value: false },
    { type: pkcs11.CKA_SENSITIVE, value: false },
    { type: pkcs11.CKA_EXTRACTABLE, value: true },
  ];
  const by = (publicData: Buffer): Handle => {
    const parameter = { type: pkcs11.CK_PARAMS_EC_DH, kdf: pkcs11.CKD_NULL, publicData };
    return module.C_DeriveKey(session, { mechanism: pkcs11.CKM_ECDH1_DERIVE, parameter }, key, template);
  };
  try {
    return by(point);
  } catch (error) {
    if (!isCkr(error, pkcs11.CKR_MECHANISM_PARAM_INVALID, pkcs11.CKR_ARGUMENTS_BAD)) throw error;
    return by(octetString(point));
  }
}

/** @throws TOKEN_KEY_MISSING */
function findKey(module: Module, session: Handle, id: string): Handle {
  const [key] = find(module, session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_ID, value: Buffer.from(id, 'hex') },
  ]);
  if (key === undefined) throw new AppError('TOKEN_KEY_MISSING');
  return key;
}

function find(module: Module, session: Handle, template: Template): Handle[] {
  module.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    for (;;) {
      const next = module.C_FindObjects(session, 64);
      if (next.length === 0) return found;
      found.push(...next);
    }
  } finally {
    module.C_FindObjectsFinal(session);
  }
}

function read(module: Module, session: Handle, object: Handle, type: number): Buffer {
  const [attribute] = module.C_GetAttributeValue(session, object, [{ type }]);
  return Buffer.isBuffer(attribute?.value) ? attribute.value : Buffer.alloc(0);
}

/** A token that was pulled out has closed its sessions itself. */
function closeQuietly(module: Module, session: Handle): void {
  try {
    module.C_CloseSession(session);
  } catch {
    // Nothing is left to close
  }
}
