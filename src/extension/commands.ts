/** Ids of the commands that the extension contributes or links to. */
export const commands = {
  simulate: 'raceproof.simulate',
  writeTest: 'raceproof.writeTest',
  writeScenario: 'raceproof.writeScenario',
  openRule: 'raceproof.openRule',
  showOutput: 'raceproof.showOutput',
  restartEngine: 'raceproof.restartEngine',
  stepForward: 'raceproof.stepForward',
  stepBack: 'raceproof.stepBack',
  goToCollision: 'raceproof.goToCollision',
  openSystem: 'raceproof.systems.open',
  runSystem: 'raceproof.systems.run',
  openSystemPage: 'raceproof.systems.openPage',
  copySystem: 'raceproof.systems.copy',
  manageTrust: 'workbench.trust.manage',
} as const;
