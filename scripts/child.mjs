// Runs another program. What it prints is kept and shown only when it fails, unless `show` is set.
import { spawn } from 'node:child_process';
import { ROOT } from './workspace.mjs';

export class ChildFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}${output ? `\n${output}` : ''}`);
    this.code = code;
    this.output = output;
  }
}

const QUIET = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
};

export function run(command, args, { cwd = ROOT, env = {}, show = false, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...QUIET, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    let stdout = '';
    child.stdout?.on('data', (data) => {
      output += data;
      stdout += data;
    });
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ output, stdout });
      else reject(new ChildFailed([command, ...args].join(' '), signal ?? code, output));
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

/** Runs a Node script or a tool's JavaScript entry. */
export const node = (args, options) => run(process.execPath, args, options);
