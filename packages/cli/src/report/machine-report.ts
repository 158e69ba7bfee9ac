import type { Spec, Report, Rule } from '@postern/core/internal/library';
import { junitSuites, reportSarif } from '@postern/core/internal/report';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { VERSION } from '../version.js';

/** What SARIF and JUnit are written from, whichever command reports. */
export interface Judged {
  readonly report: Report;
  /** The rules of the findings. */
  readonly rules: readonly Rule[];
  /** Where findings are in the spec; without one, `file` is the place of all. */
  readonly spec?: Spec | undefined;
  /** What was read in place of a spec. */
  readonly file?: string | undefined;
  readonly cwd: string;
}

/** A report in a format of CI systems. SARIF leaves out what passed; a table of tests needs it. */
export async function machineReport(
  format: 'sarif' | 'junit',
  { report, rules, spec = NO_SPEC, file, cwd }: Judged,
  options: Parameters<typeof junitSuites>[1] = {},
): Promise<string> {
  if (format === 'junit') return (await import('./junit-xml.js')).junitXml(junitSuites(report, options));

  const placed = file === undefined ? spec : { ...spec, places: () => ({ file }) };
  return reportSarif(withoutPasses(report), placed, { rules, version: VERSION, fileName: nameInRepository(cwd) });
}

const NO_SPEC: Spec = { version: 1, project: 'postern', spec: 'postern', links: {}, integrations: {} };

/** A report without what passed: for people, and for code scanning. */
export function withoutPasses<R extends Pick<Report, 'findings'>>(report: R): R {
  return { ...report, findings: report.findings.filter(({ verdict }) => verdict !== 'pass') };
}

/**
 * The name of a file relative to the root of the repository that contains the working folder, or to the
 * working folder outside of a repository. Code scanning expects this name. A file outside keeps its absolute
 * path.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function nameInRepository(cwd: string): (file: string) => string {
  const folder = realPath(cwd);
  const root = rootAbove(folder) ?? folder;
  return (file) => {
    const name = path.relative(root, realPath(path.resolve(cwd, file)));
    const outside = name === '' || name === '..' || name.startsWith(`..${path.sep}`) || path.isAbsolute(name);
    return outside ? path.resolve(cwd, file) : name;
  };
}

/** The nearest folder, itself or above, that has a `.git`: a folder, or a file where it is another's work tree. */
function rootAbove(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** Without symbolic links, of which one name of a folder may have some and the other none. */
function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}
