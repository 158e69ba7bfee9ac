import { spawn } from 'node:child_process';
import { thrownText } from '@postern/core/internal/library';
import type { Analysis, AnalysisAnswer } from '@postern/core/internal/moves';

/** An address that does not answer, or a command that does not end, is a failure after this time. */
const TIMEOUT_MS = 30_000;
/** Of the output of a command or of an answer, in bytes: the rest is not read. */
const MOST_BYTES = 65_536;

/**
 * The analysis that `--analysis` names. An address must answer with a status below 400, a command must end with exit
 * status 0. A JSON object in the answer or output may have `errorRate`, a share from 0 to 1.
 */
export function analysisOf(text: string, { timeoutMs = TIMEOUT_MS } = {}): Analysis {
  return /^https?:\/\//i.test(text) ? () => askAddress(text, timeoutMs) : (batch) => runCommand(text, batch, timeoutMs);
}

async function askAddress(url: string, timeoutMs: number): Promise<AnalysisAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(url, { signal, redirect: 'follow' });
    return answered(answer.status < 400, `status ${answer.status}`, await beginningOf(answer));
  } catch (error) {
    if (signal.aborted) return { ok: false, because: `no answer in ${timeoutMs / 1_000} s` };

    return { ok: false, because: `no answer: ${thrownText(error)}` };
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length >= MOST_BYTES) break; // which closes the connection
  }
  return text;
}

function runCommand(
  command: string,
  { units, switched }: Parameters<Analysis>[0],
  timeoutMs: number,
): Promise<AnalysisAnswer> {
  const env = { ...process.env, POSTERN_MOVED_UNITS: units.join('\n'), POSTERN_MOVED_COUNT: String(switched) };
  return new Promise((resolve) => {
    // A group of its own, so that what the command started ends with it.
    const child = spawn(command, { shell: true, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    let output = '';
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    }, timeoutMs);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      if (output.length < MOST_BYTES) output += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ ok: false, because: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (isOver) resolve({ ok: false, because: `the command did not end in ${timeoutMs / 1_000} s` });
      else resolve(answered(code === 0, `exit status ${code ?? 'unknown'}`, output));
    });
  });
}

function answered(ok: boolean, because: string, body: string): AnalysisAnswer {
  const errorRate = errorRateIn(body);
  return errorRate === undefined ? { ok, because } : { ok, errorRate, because: `${because}, errorRate ${errorRate}` };
}

function errorRateIn(body: string): number | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const rate = typeof value === 'object' && value !== null ? (value as { errorRate?: unknown }).errorRate : undefined;
    return typeof rate === 'number' && rate >= 0 ? rate : undefined;
  } catch {
    return undefined;
  }
}
