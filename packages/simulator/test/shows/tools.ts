import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Why a show cannot run on this machine; undefined where it can. */
export function missingTool(tool: string, versionFlag = '--version'): string | undefined {
  const { error, status } = spawnSync(tool, [versionFlag], { stdio: 'ignore', timeout: 20_000 });
  return error || status !== 0 ? `${tool} is not installed` : undefined;
}

/**
 * Why Terraform's shows cannot run here. They take minutes, so they run only on request (`POSTERN_SHOWS=1`), and
 * providers come from a folder only, laid out as a mirror (`TF_PROVIDER_MIRROR`): nothing is downloaded.
 */
export function missingTerraform(): string | undefined {
  return process.env['POSTERN_SHOWS'] === undefined ? 'it takes minutes; set POSTERN_SHOWS=1' : missingProviders();
}

/** Why Terraform cannot run here with the providers of a folder. */
export function missingProviders(): string | undefined {
  const mirror = process.env['TF_PROVIDER_MIRROR'];
  if (mirror === undefined || !existsSync(mirror)) return 'TF_PROVIDER_MIRROR names no folder of providers';
  return missingTool('terraform', 'version');
}

/** Terraform's own configuration file, for that folder. */
export const terraformConfiguration = (): string =>
  `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(process.env['TF_PROVIDER_MIRROR'])}\n  }\n}\n`;

/** What a program printed, and its exit status. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An environment in which AWS tools call `endpoint` only, with dummy credentials and without user configuration. */
export function awsEnvironment(endpoint: string, region: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    ...(TMPDIR !== undefined && { TMPDIR }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
  };
}

/** Runs a program to its end without blocking this process, which serves the cloud that the program calls. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string; readonly timeoutMs?: number },
): Promise<Outcome> {
  const { env, cwd, timeoutMs = 60_000 } = options;
  return new Promise((resolve) => {
    execFile(program, args, { env, cwd, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const status = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ status, stdout, stderr });
    });
  });
}

/** The AWS CLI against a server. A command is one text, or several where one has blanks. */
export function awsCli(url: string, region: string) {
  const call = (texts: readonly string[]) => {
    const args = texts.length > 1 ? texts : texts.flatMap((text) => text.trim().split(/\s+/));
    return run('aws', [...args, '--output', 'json'], { env: awsEnvironment(url, region) });
  };
  return {
    /** What a command answers. @throws {Error} where it is refused */
    async aws(...texts: readonly string[]): Promise<any> {
      const { status, stdout, stderr } = await call(texts);
      if (status !== 0 || stderr !== '') throw new Error(`${texts.join(' ')}: ${stderr}`);
      return stdout.trim() === '' ? undefined : JSON.parse(stdout);
    },
    /** What a command says that is refused. @throws {Error} where it is answered */
    async refused(...texts: readonly string[]): Promise<string> {
      const { status, stderr } = await call(texts);
      if (status === 0) throw new Error(`${texts.join(' ')}: answered`);
      return stderr.trim();
    },
  };
}
