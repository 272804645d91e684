/** What whoever starts the host decides; handed over as JSON in the environment. */
export interface HostConfig {
  /** In place of the folder that Electron keeps the app's files in. */
  readonly userData: string;
  /** Of the folder that main is loaded from. */
  readonly appPath: string;
  readonly locale: string;
  /** The browser to run in, and the folder for its profile. */
  readonly browser: string;
  readonly profile: string;
  /** A window that a person sees and works in. Without it nothing is drawn on a screen. */
  readonly visible: boolean;
  /** A strip over the page that says what this is. */
  readonly banner: string | null;
  /** Unexpected dialogs are closed instead of failing: nobody queues answers for a preview. */
  readonly closeDialogs: boolean;
  /** Files on disk by name, as a drop would bring them (`webUtils.getPathForFile`). */
  readonly droppedFiles: Readonly<Record<string, string>>;
  /** A module whose `answers` stand in for questions that main does not answer: for looking at screens before there is a main for them. */
  readonly answers: string | null;
  readonly isPackaged: boolean;
}

const VARIABLE = 'LEXPOST_TEST_HOST';

export function toEnvironment(config: HostConfig): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(config) };
}

export function readConfig(): HostConfig {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error(`${VARIABLE} is not set: start the host by test/host/launch.ts`);
  return JSON.parse(text) as HostConfig;
}
