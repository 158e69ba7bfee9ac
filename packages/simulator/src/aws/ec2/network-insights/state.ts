import type { NetworkInsightsAnalysis, NetworkInsightsPath } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

/** A path whose reachability is analyzed. */
export interface InsightsPathRow {
  readonly id: string;
  readonly fields: Shown<NetworkInsightsPath, 'CreatedDate' | 'Source' | 'Protocol'>;
  tags: TagRow;
}

/** An analysis of a path; its result is there when it has succeeded. */
export interface InsightsAnalysisRow {
  readonly id: string;
  fields: Shown<NetworkInsightsAnalysis, 'NetworkInsightsPathId' | 'StartDate' | 'Status'>;
  tags: TagRow;
}

/** Paths and analyses of Reachability Analyzer. */
export const newInsights = () => ({
  insightsPaths: new Map<string, InsightsPathRow>(),
  insightsAnalyses: new Map<string, InsightsAnalysisRow>(),
});
