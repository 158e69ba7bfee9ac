import { PosternError } from '../../ground/errors.js';
import type { MovePlan } from './move-plan.js';

/**
 * Refuses a plan with open to-dos or undecided errors.
 * @throws {PosternError} `FINDINGS_FAILED`; its `details.also` lists the other findings.
 */
export function refuseOpenPlan({ todos, undecided }: Pick<MovePlan, 'todos' | 'undecided'>): void {
  const problems = [
    ...todos.map(({ check, subject, message, text }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: text,
    })),
    ...undecided.map(({ check, subject, message, remedy }) => ({
      message: `${check}: ${subject}: ${message}`,
      remedy: remedy ?? `Accept it: --accept-unknown "${check}:${subject}".`,
    })),
  ];
  const [first, ...others] = problems;
  if (first === undefined) return;
  throw new PosternError('FINDINGS_FAILED', first.message, {
    remedy: first.remedy,
    details: { also: others.map((one) => ({ code: 'FINDINGS_FAILED', ...one })) },
  });
}
