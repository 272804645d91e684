/**
 * Brings a fresh clone to where it runs. Needs nothing installed and any Node from 20 on, so it must not import the project.
 *
 *     node build/setup.mjs          npm packages, when the lock file changed
 *     node build/setup.mjs --test   also the foreign tools that test suites check against
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'node_modules', '.lexpost-installed');
const MINUTES = 60_000;

/** @typedef {{ present: string, debian: string }} Tool `present` is a command or an absolute path */
/** @type {Readonly<Record<string, readonly Tool[]>>} folder under test/ -> what its suites check against */
const TOOLS = {
  interop: [
    { present: 'openssl', debian: 'openssl' },
    { present: 'certtool', debian: 'gnutls-bin' },
    { present: 'gpgsm', debian: 'gpgsm' },
    { present: 'cmsutil', debian: 'libnss3-tools' },
    { present: 'xmllint', debian: 'libxml2-utils' },
    { present: 'javac', debian: 'default-jdk-headless' },
    { present: 'mvn', debian: 'maven' },
    { present: 'pdftotext', debian: 'poppler-utils' },
    { present: 'qpdf', debian: 'qpdf' },
    { present: '/usr/share/doc/python3-venv', debian: 'python3-venv' },
    { present: '/usr/share/java/bcprov.jar', debian: 'libbcprov-java' },
    { present: '/usr/share/java/bcpkix.jar', debian: 'libbcpkix-java' },
    { present: '/usr/share/java/bcutil.jar', debian: 'libbcutil-java' },
    { present: '/usr/share/java/bcmail.jar', debian: 'libbcmail-java' },
    { present: 'softhsm2-util', debian: 'softhsm2' },
    { present: 'pkcs11-tool', debian: 'opensc' },
    { present: 'unzip', debian: 'unzip' },
    { present: 'cc', debian: 'gcc' },
    { present: '/usr/include/stdio.h', debian: 'libc6-dev' },
  ],
  transports: [
    { present: '/usr/sbin/sshd', debian: 'openssh-server' },
    { present: '/usr/sbin/apache2', debian: 'apache2' },
    { present: '/usr/sbin/exim4', debian: 'exim4-daemon-light' },
    { present: '/usr/sbin/dovecot', debian: 'dovecot-imapd' },
    { present: '/usr/bin/radosgw', debian: 'radosgw' },
    { present: '/usr/bin/ceph-mon', debian: 'ceph-mon' },
    { present: '/usr/bin/ceph-osd', debian: 'ceph-osd' },
    { present: '/usr/bin/ceph', debian: 'ceph-common' },
  ],
  bench: [
    { present: 'openssl', debian: 'openssl' },
    { present: 'age', debian: 'age' },
    { present: 'gpg', debian: 'gnupg' },
    { present: 'curl', debian: 'curl' },
    { present: 'rclone', debian: 'rclone' },
  ],
  e2e: [
    { present: '/usr/lib/chromium/chromium-headless-shell', debian: 'chromium-headless-shell' },
    { present: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', debian: 'fonts-noto-cjk' },
  ],
};

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeout: number, env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {string | null} what went wrong, null where nothing did
 */
function run(command, args, options) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.status === 0) return null;
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
  return `${command} ${args.join(' ')}: ${result.error?.message ?? `exit ${result.status}`}\n${said}`;
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

function lockDigest() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

function installPackages() {
  const wanted = lockDigest();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('Installing npm packages (once, and after the lock file changed) …');
  // Not `npm ci`: it removes node_modules first, and with it the Node that may be running this; and it refuses a lock file
  // that lacks the binaries of other platforms, which not every registry serves
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const problem = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args], { timeout: 15 * MINUTES })
    : run('npm', args, { timeout: 15 * MINUTES, shell: process.platform === 'win32' });
  if (problem !== null) {
    say(problem);
    process.exit(5);
  }
  writeFileSync(STAMP, wanted);
}

/** @param {string} present */
function isPresent(present) {
  if (present.startsWith('/')) return existsSync(present);
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, present)));
}

/** @param {string} suite */
function hasTests(suite) {
  const folder = join(ROOT, 'test', suite);
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.ts'));
}

/** @param {readonly string[]} packages */
function installDebian(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} names */
  const install = (...names) =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { timeout: 15 * MINUTES, env });
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  // Without it apt starts the services of what it installs
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const problem = run('apt-get', ['update', '-qq'], { timeout: 5 * MINUTES, env }) ?? install(...packages);
    if (problem === null) return;
    say(problem);
    // One name that this release does not know must not keep the others away
    for (const name of packages) install(name);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

/** Generators from PyPI that suites issue odd certificates with, in an environment of their own beside the npm packages. */
const PYTHON = {
  suite: 'interop',
  home: join(ROOT, 'node_modules', '.lexpost-python'),
  requirements: join(ROOT, 'test', 'interop', 'certomancer', 'requirements.txt'),
};

function installPython() {
  const { home, requirements } = PYTHON;
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = join(home, '.lexpost-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing Python packages, for the test suites …');
  const pip = join(home, 'bin', 'pip');
  const args = ['install', '--quiet', '--disable-pip-version-check', '--no-input', '-r', requirements];
  const problem =
    run('python3', ['-m', 'venv', home], { timeout: 5 * MINUTES }) ?? run(pip, args, { timeout: 10 * MINUTES });
  if (problem === null) return writeFileSync(stamp, wanted);
  say(problem);
  say('Not installed: certomancer (PyPI). Tests that need it are skipped by name (in test/interop).');
}

const RESOLVE = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

/** Java libraries from Maven's registry: once they are here, the suites resolve them offline. */
function installMaven() {
  const folder = join(ROOT, 'test', 'interop');
  for (const name of readdirSync(folder)) {
    const pom = join(folder, name, 'pom.xml');
    if (!existsSync(pom)) continue;
    const args = ['-q', '-B', '-f', pom, RESOLVE];
    if (run('mvn', ['-o', ...args], { timeout: 5 * MINUTES }) === null) continue;
    say(`Downloading the Java libraries of ${name}, for the test suites …`);
    const problem = run('mvn', args, { timeout: 15 * MINUTES });
    if (problem === null) continue;
    say(problem);
    say(`Not installed: libraries of test/interop/${name}. Tests that need them are skipped by name.`);
  }
}

/** @param {readonly string[]} suites */
function installTools(suites) {
  const wanted = suites.filter(hasTests).flatMap((suite) => TOOLS[suite] ?? []);
  const findMissing = () => wanted.filter((tool) => !isPresent(tool.present));
  const packages = [...new Set(findMissing().map((tool) => tool.debian))];
  if (packages.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version') && isPresent('apt-get')) {
    say(`Installing by apt-get, for the test suites: ${packages.join(' ')} …`);
    installDebian(packages);
  }
  const missing = findMissing();
  if (missing.length === 0) return;
  say(`Not installed: ${missing.map((tool) => `${tool.present} (Debian: ${tool.debian})`).join(', ')}.`);
  say(`Tests that need them are skipped by name (in ${suites.map((suite) => `test/${suite}`).join(', ')}).`);
}

/**
 * Ends the process with status 5 where npm packages cannot be installed; a missing foreign tool is only named.
 *
 * @param {readonly string[]} suites folders under test/ whose foreign tools are wanted
 */
export function setup(suites) {
  installPackages();
  installTools(suites);
  if (!suites.includes(PYTHON.suite) || !hasTests(PYTHON.suite)) return;
  installPython();
  if (isPresent('mvn')) installMaven();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup(process.argv.includes('--test') ? Object.keys(TOOLS) : []);
}
