export interface WorkerInput {
  readonly target: string;
  readonly seed: number;
  /** It ends after so long, or so many cases, whichever comes first. */
  readonly milliseconds: number;
  readonly executions: number;
  /** Int32: cases begun; length of the input. */
  readonly board: SharedArrayBuffer;
  /** The input of the case under way. */
  readonly input: SharedArrayBuffer;
}

export interface Finding {
  readonly problem: string;
  readonly input: Uint8Array;
}

export interface WorkerReport {
  executions: number;
  accepted: number;
  readonly findings: Finding[];
}
