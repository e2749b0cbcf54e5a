import type { Field } from '../fields.ts'
import { ANIMALS_AND_PLANTS } from './animals-and-plants.ts'
import { BABIES } from './babies.ts'
import { BEAUTY } from './beauty.ts'
import { BONES_AND_LIMBS } from './bones-and-limbs.ts'
import { CARE } from './care.ts'
import { CHILDHOOD } from './childhood.ts'
import { CULTURE } from './culture.ts'
import { DEVICES } from './devices.ts'
import { ECONOMY } from './economy.ts'
import { ECONOMY_LAND } from './economy-land.ts'
import { EUROPEAN_CLUBS } from './european-clubs.ts'
import { EVERYDAY } from './everyday.ts'
import { FAITH } from './faith.ts'
import { FAMILY_DAYS } from './family-days.ts'
import { FAMILY_LAW } from './family-law.ts'
import { FIGHTING_SPORTS } from './fighting-sports.ts'
import { FOOD_AND_HEALTH } from './food-and-health.ts'
import { FOOTBALL_NATIONS } from './football-nations.ts'
import { FOOTBALL_TALK } from './football-talk.ts'
import { GAMES } from './games.ts'
import { GRAVE_ILLNESS } from './grave-illness.ts'
import { HAPPENINGS } from './happenings.ts'
import { HEAD_AND_CHEST } from './head-and-chest.ts'
import { HEAD_AND_NERVES } from './head-and-nerves.ts'
import { HOME } from './home.ts'
import { HOUSE } from './house.ts'
import { INNER_ORGANS } from './inner-organs.ts'
import { IRANIAN_CLUBS } from './iranian-clubs.ts'
import { IRANIAN_FOOTBALL } from './iranian-football.ts'
import { KITCHEN } from './kitchen.ts'
import { LEISURE } from './leisure.ts'
import { MARRIAGE } from './marriage.ts'
import { MARRIED_LIFE } from './married-life.ts'
import { MIND } from './mind.ts'
import { PAPERS_AND_ORDER } from './papers-and-order.ts'
import { PREGNANCY } from './pregnancy.ts'
import { PROVINCES } from './provinces.ts'
import { SECURITY } from './security.ts'
import { SHOPPING } from './shopping.ts'
import { SINGLE_SPORTS } from './single-sports.ts'
import { SKIN } from './skin.ts'
import { SOCIETY } from './society.ts'
import { SPAIN_ENGLAND_FOOTBALL } from './spain-england-football.ts'
import { SPORTS_PEOPLE } from './sports-people.ts'
import { STATE } from './state.ts'
import { STUDY_AND_WORK } from './study-and-work.ts'
import { TEAM_SPORTS } from './team-sports.ts'
import { TRAVEL } from './travel.ts'
import { WEIGHT_AND_FITNESS } from './weight-and-fitness.ts'
import { WOMEN_AND_MEN } from './women-and-men.ts'
import { WORLD_FAR } from './world-far.ts'
import { WORLD_NEAR } from './world-near.ts'

/** All narrow fields of life, room by room. */
export const THESAURUS: readonly Field[] = [
  ...ANIMALS_AND_PLANTS,
  ...BABIES,
  ...BEAUTY,
  ...BONES_AND_LIMBS,
  ...CARE,
  ...CHILDHOOD,
  ...CULTURE,
  ...DEVICES,
  ...ECONOMY_LAND,
  ...ECONOMY,
  ...EUROPEAN_CLUBS,
  ...EVERYDAY,
  ...FAITH,
  ...FAMILY_DAYS,
  ...FAMILY_LAW,
  ...FIGHTING_SPORTS,
  ...FOOD_AND_HEALTH,
  ...FOOTBALL_NATIONS,
  ...FOOTBALL_TALK,
  ...GAMES,
  ...GRAVE_ILLNESS,
  ...HAPPENINGS,
  ...HEAD_AND_CHEST,
  ...HEAD_AND_NERVES,
  ...HOME,
  ...HOUSE,
  ...INNER_ORGANS,
  ...IRANIAN_CLUBS,
  ...IRANIAN_FOOTBALL,
  ...KITCHEN,
  ...LEISURE,
  ...MARRIAGE,
  ...MARRIED_LIFE,
  ...MIND,
  ...PAPERS_AND_ORDER,
  ...PREGNANCY,
  ...PROVINCES,
  ...SECURITY,
  ...SHOPPING,
  ...SINGLE_SPORTS,
  ...SKIN,
  ...SOCIETY,
  ...SPAIN_ENGLAND_FOOTBALL,
  ...SPORTS_PEOPLE,
  ...STATE,
  ...STUDY_AND_WORK,
  ...TEAM_SPORTS,
  ...TRAVEL,
  ...WEIGHT_AND_FITNESS,
  ...WOMEN_AND_MEN,
  ...WORLD_FAR,
  ...WORLD_NEAR,
]
