import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { plans } from '@postern/aws/plans';
import { isPosternError, type Snapshot } from '@postern/core/internal/library';
import { judgeTemplates, MANIFEST, readAssembly } from '@postern/core/internal/overlay';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { readTextBelow } from '@postern/core/internal/node';
import { reportOf, type ValidationReport } from './report.js';

/** Options of {@link PosternValidation}. */
export interface PosternValidationOptions {
  /** What is there: a snapshot, or the file that `postern snapshot` wrote. Without one all is new. */
  readonly snapshot?: Snapshot | string | undefined;
  /** Values of parameters, `Stack:Name` for one stack of several; others have their defaults. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Where stacks are that do not say it, such as `eu-west-1`. */
  readonly region?: string | undefined;
  /** `unknown`: synth also fails where an integration is undecided. By default `error`. */
  readonly failOn?: 'error' | 'unknown' | undefined;
}

/**
 * A validation plug-in of CDK: synth fails at the construct where calls would not arrive. It reads the assembly and the snapshot and
 * calls nothing.
 *
 * ```ts
 * Validations.of(app).addPlugins(new PosternValidation({ snapshot: 'base.json' }));
 * ```
 */
export class PosternValidation {
  readonly name = 'postern';
  readonly #options: PosternValidationOptions;

  constructor(options: PosternValidationOptions = {}) {
    this.#options = options;
  }

  /**
   * Called by CDK once the assembly is written. CDK waits for no promise here, so the templates are judged by the rules and paths alone;
   * `postern check --template cdk.out` also carries them out on a simulated cloud.
   */
  validate({ templatePaths }: { readonly templatePaths: readonly string[] }): ValidationReport {
    const { snapshot, parameters, region, failOn = 'error' } = this.#options;
    const folder = assemblyOf(templatePaths[0] ?? '.');
    try {
      const stacks = readAssembly((file) => readTextBelow(folder, file), { parameters });
      const base = typeof snapshot === 'string' ? decodeSnapshot(readFileSync(snapshot, 'utf8')) : snapshot;
      const judged = judgeTemplates(stacks, base, { plans: [plans], region });
      // CDK looks up what the assembly lacks after the first synth, and then validates again.
      const isFinal = stacks.every(({ dummies }) => dummies === undefined);
      return reportOf(judged, stacks, { folder, failOn: isFinal ? failOn : 'error' });
    } catch (error) {
      // CDK shows the message alone.
      if (isPosternError(error) && error.remedy !== undefined) error.message += ` ${error.remedy}`;
      throw error;
    }
  }
}

/** The folder of the whole assembly: that of a stage, `assembly-…`, is in it. */
function assemblyOf(template: string): string {
  const folder = path.dirname(template);
  const isStage = path.basename(folder).startsWith('assembly-');
  return isStage && existsSync(path.join(folder, '..', MANIFEST)) ? assemblyOf(folder) : folder;
}
