/** Told of the name under which a file is written before it gets its own, so that somebody can clear it away where the program dies meanwhile. */
export interface TemporaryNote {
  /** Before the file is made. */
  begin(path: string): void;
  /** Once nothing has that name any more. */
  end(path: string): void;
}
