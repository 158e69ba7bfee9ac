import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A provider that serves all commands of a run: it takes seconds to start, and each command would start it several times. */
export interface ProviderProcess {
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
  readonly end: () => void;
}

/** Starts the provider of a mirror as its developers do. It has one configuration at a time. */
export async function providerProcess(mirror: string, env: NodeJS.ProcessEnv): Promise<ProviderProcess> {
  const file = readdirSync(mirror, { recursive: true, encoding: 'utf8' }).find((one) =>
    /\/terraform-provider-aws[^/]*$/.test(one),
  );
  if (file === undefined) throw new Error(`${mirror} has no provider for AWS`);
  const child = spawn(join(mirror, file), ['-debug'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...env, GOGC: '400' }, // it builds the schema, which is large, for each command
  });
  const reattach = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`the provider ended: ${said}`)));
    child.stdout.on('data', (data) => {
      said += String(data);
      const [, found] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { reattach, end: () => child.kill() };
}
