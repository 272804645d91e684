import { type FuseV1Config, FuseV1Options, FuseVersion } from '@electron/fuses';

/** Every switch that Electron's binary has, each with its reason. A later Electron that has more of them does not build until they are decided here. */
export const FUSES: FuseV1Config & { readonly strictlyRequireAllFuses: true } = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: true,
  // ELECTRON_RUN_AS_NODE would make the signed program an interpreter of anybody's scripts
  [FuseV1Options.RunAsNode]: false,
  // There are no cookies; what Chromium should ever keep of them is encrypted
  [FuseV1Options.EnableCookieEncryption]: true,
  // NODE_OPTIONS=--require … runs foreign code inside the program
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // --inspect opens main to every program of this machine
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // A changed archive does not start (macOS and Windows)
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  // Nor does a folder that somebody put beside it
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // No snapshot of our own is shipped
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The window has its own scheme: file: pages get nothing more than in a browser
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Traps are how V8 bounds the memory of WebAssembly, which pdf.js uses
  [FuseV1Options.WasmTrapHandlers]: true,
};
