/** The colours of a picture: on paper of its own, so that it can be read on any page; dark where the reader has it dark. */
export const style = `
  .paper { fill: #ffffff; stroke: #d0d5dc; }
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 12px; fill: #24292f; }
  .about, .number, .source { fill: #6e7781; }
  .kind { font-size: 14px; font-weight: 700; fill: #c1121f; }
  .sentence { font-size: 13px; }
  .lane { font-size: 13px; font-weight: 700; }
  .number { font-size: 11px; text-anchor: end; }
  .source { font-size: 11px; }
  .write { font-weight: 600; }
  .bad { fill: #c1121f; font-weight: 600; }
  .good { fill: #1a7f37; }
  .switch, .fold { stroke: #ffffff; stroke-width: 4px; paint-order: stroke; }
  .switch { fill: #0b6e99; font-size: 11px; }
  .fold { fill: #6e7781; font-size: 11px; text-anchor: middle; }
  .running { stroke: #24292f; stroke-width: 1.5; }
  .waiting { stroke: #9aa3ad; stroke-width: 1.5; stroke-dasharray: 1 4; stroke-linecap: round; }
  .head { stroke: #d0d5dc; }
  .mark { fill: #24292f; stroke: #24292f; stroke-width: 1.5; }
  .hollow { fill: #ffffff; stroke: #24292f; stroke-width: 1.5; }
  .clash { fill: #c1121f; stroke: #c1121f; stroke-width: 1.5; }
  .tint { fill: #c1121f; fill-opacity: 0.08; }
  .move { stroke: #0b6e99; stroke-dasharray: 4 3; fill: none; }
  .arrow { fill: #0b6e99; }
  .bracket { stroke: #c1121f; stroke-width: 1.5; fill: none; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #1e2227; stroke: #3d444d; }
    text { fill: #e6e8eb; }
    .about, .number, .source, .fold { fill: #9aa3ad; }
    .kind, .bad { fill: #ff8a80; }
    .good { fill: #6fdd8b; }
    .switch, .fold { stroke: #1e2227; }
    .switch, .arrow { fill: #6cc7ee; }
    .running, .mark { stroke: #e6e8eb; }
    .mark { fill: #e6e8eb; }
    .hollow { fill: #1e2227; stroke: #e6e8eb; }
    .waiting { stroke: #6e7781; }
    .head { stroke: #3d444d; }
    .clash { fill: #ff8a80; stroke: #ff8a80; }
    .tint { fill: #ff8a80; fill-opacity: 0.12; }
    .move { stroke: #6cc7ee; }
    .bracket { stroke: #ff8a80; }
  }
`;
