/** The two files of node-forge that are used here: loading all of it costs every start of the command about 25 ms. */
declare module 'node-forge/lib/rc2.js' {
  import { rc2 } from 'node-forge';

  export = rc2;
}

declare module 'node-forge/lib/util.js' {
  import { util } from 'node-forge';

  export = util;
}
