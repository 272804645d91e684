/** The Java programs beside this file, compiled into a temporary folder when they are needed; one JVM per batch of jobs. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasTool, mustRun, run } from './foreign-tool.ts';

export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

export interface JavaPeer {
  /** Answers each job (its words: see the program) in order. */
  run(jobs: readonly (readonly string[])[]): Answer[];
  close(): void;
}

/** What a peer needs to be started; null where a tool or library of it is missing. */
export interface JavaProgram {
  readonly main: string;
  readonly sources: readonly string[];
  readonly classPath: string;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const sourcesIn = (folder: string) =>
  readdirSync(here(folder))
    .map((name) => join(here(folder), name))
    .filter((path) => path.endsWith('.java'));

const DEBIAN_JARS = ['bcprov', 'bcpkix', 'bcutil', 'bcmail'].map((name) => `/usr/share/java/${name}.jar`);
const hasJava = hasTool('java') && hasTool('javac');

/** BouncyCastle as Debian packages it. */
export function findBouncyCastle(): JavaProgram | null {
  if (!hasJava || !DEBIAN_JARS.every((jar) => existsSync(jar))) return null;
  return { main: 'BouncyCastlePeer', sources: sourcesIn('java'), classPath: DEBIAN_JARS.join(delimiter) };
}

const BUILD_CLASSPATH = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

/** The class path of a Maven project: without the network where its parts were downloaded before. */
function mavenClassPath(folder: string): string | null {
  const scratch = mkdtempSync(join(tmpdir(), 'lexpost-maven-'));
  const output = join(scratch, 'classpath');
  try {
    for (const mode of [['-o'], []]) {
      const args = [
        '-q',
        '-B',
        ...mode,
        '-f',
        join(here(folder), 'pom.xml'),
        BUILD_CLASSPATH,
        `-Dmdep.outputFile=${output}`,
      ];
      if (run('mvn', args).status === 0) return readFileSync(output, 'utf8').trim();
    }
    return null;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function findMavenPeer(folder: string, main: string): JavaProgram | null {
  const classPath = hasJava && hasTool('mvn') ? mavenClassPath(folder) : null;
  if (classPath === null) return null;
  return { main, sources: [join(here('java'), 'Jobs.java'), ...sourcesIn(`${folder}/src/main/java`)], classPath };
}

export const findDss = () => findMavenPeer('dss', 'DssPeer');
export const findDigiDoc = () => findMavenPeer('digidoc4j', 'DigiDocPeer');

export function startJavaPeer(program: JavaProgram): JavaPeer {
  const classes = mkdtempSync(join(tmpdir(), 'lexpost-java-'));
  mustRun('javac', ['-d', classes, '-cp', program.classPath, ...program.sources]);
  return {
    run(jobs) {
      const input = jobs.map((words) => `${words.join('\t')}\n`).join('');
      const args = ['-Xshare:auto', '-cp', `${classes}${delimiter}${program.classPath}`, program.main];
      const lines = mustRun('java', args, { input }).stdout.toString('utf8').trimEnd().split('\n');
      if (lines.length !== jobs.length) throw new Error(`${jobs.length} jobs, ${lines.length} answers`);
      return lines.map((line) => {
        const [status, ...words] = line.split('\t');
        return { ok: status === 'ok', text: words.join(' ') };
      });
    },
    close: () => rmSync(classes, { recursive: true, force: true }),
  };
}
