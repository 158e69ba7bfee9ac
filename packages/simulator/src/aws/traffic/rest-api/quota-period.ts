import type { QuotaSettings } from '@aws-sdk/client-api-gateway';

const DAY_MS = 86_400_000;
/** The first Sunday of simulated time's scale: days are counted from a Thursday. */
const FIRST_SUNDAY = 3;

/**
 * The period of a usage plan's quota that a moment is in, as the day on which it began. A day begins at 00:00 UTC. The
 * offset of a week counts from Sunday, that of a month from the first [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
 */
export function periodAt({ period, offset = 0 }: QuotaSettings, nowMs: number): number {
  const day = Math.floor(nowMs / DAY_MS);
  if (period === 'WEEK') return day - ((((day - FIRST_SUNDAY - offset) % 7) + 7) % 7);
  if (period !== 'MONTH') return day;
  const now = new Date(nowMs);
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1 + offset);
  return (first <= nowMs ? first : Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1 + offset)) / DAY_MS;
}
