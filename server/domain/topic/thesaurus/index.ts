import { FIELDS, type Field } from '../fields.ts'
import { BABIES } from './babies.ts'
import { BEAUTY } from './beauty.ts'
import { BONES_AND_LIMBS } from './bones-and-limbs.ts'
import { CHILDHOOD } from './childhood.ts'
import { DEVICES } from './devices.ts'
import { ECONOMY_LAND } from './economy-land.ts'
import { ECONOMY } from './economy.ts'
import { EUROPEAN_CLUBS } from './european-clubs.ts'
import { FOOTBALL_TALK } from './football-talk.ts'
import { GRAVE_ILLNESS } from './grave-illness.ts'
import { HEAD_AND_CHEST } from './head-and-chest.ts'
import { HEAD_AND_NERVES } from './head-and-nerves.ts'
import { HOUSE } from './house.ts'
import { INNER_ORGANS } from './inner-organs.ts'
import { IRANIAN_CLUBS } from './iranian-clubs.ts'
import { IRANIAN_FOOTBALL } from './iranian-football.ts'
import { KITCHEN } from './kitchen.ts'
import { PREGNANCY } from './pregnancy.ts'
import { SECURITY } from './security.ts'
import { SHOPPING } from './shopping.ts'
import { SKIN } from './skin.ts'
import { SOCIETY } from './society.ts'
import { SPAIN_ENGLAND_FOOTBALL } from './spain-england-football.ts'
import { STATE } from './state.ts'
import { STUDY_AND_WORK } from './study-and-work.ts'
import { TRAVEL } from './travel.ts'
import { WEIGHT_AND_FITNESS } from './weight-and-fitness.ts'
import { WOMEN_AND_MEN } from './women-and-men.ts'
import { WORLD_FAR } from './world-far.ts'
import { WORLD_NEAR } from './world-near.ts'

/** All fields of the thesaurus: the broad everyday ones first, then the narrow ones, room by room. */
export const THESAURUS: readonly Field[] = [
  ...FIELDS,
  ...BABIES,
  ...BEAUTY,
  ...BONES_AND_LIMBS,
  ...CHILDHOOD,
  ...DEVICES,
  ...ECONOMY_LAND,
  ...ECONOMY,
  ...EUROPEAN_CLUBS,
  ...FOOTBALL_TALK,
  ...GRAVE_ILLNESS,
  ...HEAD_AND_CHEST,
  ...HEAD_AND_NERVES,
  ...HOUSE,
  ...INNER_ORGANS,
  ...IRANIAN_CLUBS,
  ...IRANIAN_FOOTBALL,
  ...KITCHEN,
  ...PREGNANCY,
  ...SECURITY,
  ...SHOPPING,
  ...SKIN,
  ...SOCIETY,
  ...SPAIN_ENGLAND_FOOTBALL,
  ...STATE,
  ...STUDY_AND_WORK,
  ...TRAVEL,
  ...WEIGHT_AND_FITNESS,
  ...WOMEN_AND_MEN,
  ...WORLD_FAR,
  ...WORLD_NEAR,
]
