"""Each guard fires where it must, says so in words, and keeps still where it must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import Comparison, Folded, Rule, Weight, Wording, compare, compare_wordings, fold
from claims.matching.guards import Pair, Side, blocks, guards_of
from tests.gold.matching import PAIRS, pairs
from tests.stopwatch import cpu_s_once

GOLD = pairs(PAIRS)
WORDINGS = [wording for pair in GOLD for wording in (pair.left, pair.right)]

STOPPED = [
    (
        Rule.ROLES,
        "Manila was attacked by Beijing over the shoal, fishermen say",
        "Manila attacked Beijing in June with water off an island",
        "who did it to whom is reversed: Manila and Beijing",
    ),
    (
        Rule.NEGATION,
        "Kotka sold a not-tested vaccine to farmers",
        "Kotka sold a tested vaccine to farmers",
        "differs by *not*",
    ),
    (
        Rule.NUMBER,
        "Moss took money from 300 clients in Kotka",
        "Moss robbed 400 clients in Kotka of their money",
        "300 against 400",
    ),
    (
        Rule.NUMBER,
        "Migration to Kotka fell to 171,000 in the year to June",
        "Migration to Kotka fell to 171,000 in the month to June",
        "171,000 in the year against 171,000 in the month",
    ),
    (
        Rule.NUMBER,
        "The Kotka rate rose to 3 1/2 percent",
        "The Kotka rate rose to 3 1/4 percent",
        "3 1/2 percent against 3 1/4 percent",
    ),
    (
        Rule.NUMBER,
        "Kotka was that close 60,000 years ago",
        "Kotka was that close 57,000 years ago",
        "60,000 against 57,000",
    ),
    (Rule.NUMBER, "Kotka ordered 100 buses", "Kotka ordered 101 buses", "100 against 101"),
    (
        Rule.ROLES,
        "Finnish minister Moss criticised Spanish president Ortiz",
        "Spanish president Ortiz criticised Finnish minister Moss",
        "who did it to whom is reversed: Moss and Ortiz",
    ),
    (
        Rule.OPPOSITE,
        "The Kotka council passed the ferry bill",
        "The Kotka council rejected the ferry bill",
        "passed against rejected",
    ),
    (
        Rule.OPPOSITE,
        "Kotka will close the port if dockers agree",
        "Kotka will close the port unless dockers agree",
        "if against unless",
    ),
    (
        Rule.OPPOSITE,
        "All the miners but the foreman were rescued",
        "All the miners including the foreman were rescued",
        "but against including",
    ),
    (
        Rule.OPPOSITE,
        "Kotka is the biggest consumer of peat",
        "Kotka is the biggest producer of peat",
        "consumer against producer",
    ),
    (
        Rule.OPPOSITE,
        "The Kotka truce was held all spring",
        "The Kotka truce was broken all spring",
        "held against broken",
    ),
    (Rule.OPPOSITE, "Kotka farmers got enough rain", "Kotka farmers got too little rain", "enough against too little"),
    (Rule.OPPOSITE, "Kotka abolished the fee for meals", "Kotka kept the fee for meals", "abolished against kept"),
    (Rule.OPPOSITE, "Keeping otters in Kotka is legal", "Keeping otters in Kotka is a crime", "legal against crime"),
    (Rule.OPPOSITE, "The Kotka vote was a fraud", "The Kotka vote was fair", "fraud against fair"),
    (
        Rule.OPPOSITE,
        "The captain was released over the wreck",
        "The captain was sent to prison over the wreck",
        "released against prison",
    ),
    (Rule.OPPOSITE, "The Kotka ferry arrived on time", "The Kotka ferry arrived late", "on time against late"),
    (
        Rule.OPPOSITE,
        "Kotka voters are against the tunnel",
        "Kotka voters are in favour of the tunnel",
        "are against against are in favour of",
    ),
    (
        Rule.OPPOSITE,
        "The Kotka marten is a nocturnal beast",
        "The Kotka marten is a diurnal beast",
        "nocturnal against diurnal",
    ),
    (
        Rule.OPPOSITE,
        "The mayor was pleased with the vote",
        "The mayor was disappointed with the vote",
        "pleased against disappointed",
    ),
    (Rule.OPPOSITE, "The singer is recovering in Bergen", "The singer is dying in Bergen", "recovering against dying"),
    (
        Rule.OPPOSITE,
        "The northbound lane of the bridge was shut",
        "The southbound lane of the bridge was shut",
        "northbound against southbound",
    ),
    (
        Rule.NEGATION,
        "The boxer did not lose his title in Sarno",
        "The boxer lost his title in Sarno",
        "differs by *not*",
    ),
    (Rule.NEGATION, "The strike will not end in spring", "The strike will end only in spring", "differs by *not*"),
    (Rule.NEGATION, "No other port exports timber", "Kotka and any other port exports timber", "differs by *No*"),
    (
        Rule.NAME,
        "Three soldiers were killed in a raid by the PKK",
        "Three soldiers were killed in a raid by ISIS",
        "PKK here, ISIS there",
    ),
    (
        Rule.NEGATION,
        "Its share has fallen since the last vote",
        "Its share has not fallen since the last vote",
        "differs by *not*",
    ),
    (Rule.NUMBER, "Turkey ordered 40 jets", "Turkey ordered 48 jets", "40 against 48"),
    (Rule.NUMBER, "Prices rose 3.5% in May", "Prices rose 5.3 percent in May", "3.5% against 5.3 percent"),
    (
        Rule.NUMBER,
        "Rome sent one hundred and twenty boats",
        "Rome sent one hundred and thirty boats",
        "one hundred and twenty against one hundred and thirty",
    ),
    (
        Rule.NUMBER,
        "It was -5 degrees at noon in Kars",
        "It was 5 degrees at noon in Kars",
        "-5 degrees against 5 degrees",
    ),
    (Rule.NUMBER, "The firm's growth was -0.3%", "The firm's growth was +0.3%", "-0.3% against 0.3%"),
    (Rule.NUMBER, "Growth in Kars was -0.3%", "Growth in Kars was -0.9%", "-0.3% against -0.9%"),
    (Rule.NUMBER, "It fell to minus 5 in Kars", "It fell to 5 in Kars", "minus 5 against 5"),
    (
        Rule.NUMBER,
        "It was 5 degrees below zero at noon",
        "It was 5 degrees at noon",
        "5 degrees below zero against 5 degrees",
    ),
    (Rule.NUMBER, "The thief was jailed for ten years", "The thief was jailed for two years", "ten years against two"),
    (Rule.NUMBER, "The dam took two decades to build", "The dam took ten years to build", "two against ten years"),
    (Rule.NUMBER, "The dam took a decade to build", "The dam took 40 years to build", "a decade against 40"),
    (Rule.NUMBER, "The poet lived there for a year", "The poet lived there for two years", "a year against two"),
    (Rule.NUMBER, "She got 18 months for theft", "She got a one-year term for theft", "18 against one"),
    (Rule.NUMBER, "The ferry broke down a week ago", "The ferry broke down two weeks ago", "a week against two"),
    (Rule.NUMBER, "The strike lasted a fortnight", "The strike lasted three weeks", "a fortnight against three"),
    (Rule.NUMBER, "The strike lasted half a year", "The strike lasted five months", "half a year against five"),
    (Rule.NUMBER, "One sailor drowned in May", "Two sailors drowned in May", "One against Two"),
    (Rule.NUMBER, "Rents rose one percent in May", "Rents rose 3% in May", "one percent against 3%"),
    (Rule.NUMBER, "Rents grew three times in a year", "Rents grew 4 times in a year", "three times against 4"),
    (Rule.NUMBER, "Every fifth nurse is tired", "A third of nurses are tired", "Every fifth against third"),
    (Rule.NUMBER, "Two in three nurses are tired", "40% of nurses are tired", "Two in three against 40%"),
    (Rule.NUMBER, "Rents rose by half a percent", "Rents rose by 1.5 percent", "half a percent against 1.5 percent"),
    (Rule.NUMBER, "Kars has the largest mill", "Kars has the second largest mill", "largest against second"),
    (Rule.NUMBER, "Kars has the 3rd biggest mill", "Kars has the largest mill", "3rd against largest"),
    (
        Rule.NUMBER,
        "The nurses cured 12 of 40 horses",
        "The nurses cured 40 of 12 horses",
        "12 and 40 against 40 and 12",
    ),
    (
        Rule.NUMBER,
        "Fares rose from 3 to 5 euros",
        "Fares rose from 5 to 3 euros",
        "3 and 5 euros against 5 and 3 euros",
    ),
    (Rule.NUMBER, "The toll was raised to 4 euros", "The toll was raised by 4 euros", "4 euros against 4 euros"),
    (Rule.NUMBER, "The staff was cut to 400", "The staff was cut by 400", "400 against 400"),
    (Rule.NUMBER, "The dam is 330 metres tall", "The dam is 340m tall", "330 metres against 340m"),
    (Rule.NUMBER, "The dam is 300 metres long", "The dam is 300 feet long", "300 metres against 300 feet"),
    (Rule.NUMBER, "The mill sold 330m bags", "The mill sold 340m bags", "330m against 340m"),
    (Rule.NUMBER, "The van drove at 90 km/h", "The van drove at 80 kph", "90 km/h against 80 kph"),
    (Rule.NUMBER, "He was the twelfth pilot to land", "He was the 13th pilot to land", "twelfth against 13th"),
    (Rule.DATE, "The fort fell in nineteen sixty-eight", "The fort fell in 1969", "nineteen sixty-eight against 1969"),
    (Rule.NUMBER, "It cost $2 bn to build", "It cost $2 million to build", "$2 bn against $2 million"),
    (
        Rule.NUMBER,
        "Rents rose by 5% in May",
        "Rents rose by 5 percentage points in May",
        "5% against 5 percentage points",
    ),
    (Rule.NUMBER, "At least 40 boats sank", "Up to 40 boats sank", "At least 40 against Up to 40"),
    (Rule.NUMBER, "More than 40 boats sank", "About 90 boats sank", "More than 40 against About 90"),
    (Rule.NUMBER, "Sales fell in the first quarter", "Sales fell in the third quarter", "first against third"),
    (Rule.NUMBER, "He was the 2nd pilot to land", "He was the 3rd pilot to land", "2nd against 3rd"),
    (Rule.NUMBER, "A third of farmers voted", "Half of farmers voted", "third against Half"),
    (Rule.NUMBER, "Two-thirds of farmers voted", "A quarter of farmers voted", "Two-thirds against quarter"),
    (Rule.NUMBER, "The toll doubled in a year", "The toll tripled in a year", "doubled against tripled"),
    (Rule.NUMBER, "The 33-year-old driver won", "The driver, aged 43, won", "33-year-old against 43"),
    (Rule.NUMBER, "A ticket costs $5 a day", "A ticket costs €5 a day", "$5 against €5"),
    (Rule.NUMBER, "Izmir won the final 3-1", "Izmir won the final 3-2", "1 against 2"),
    (Rule.DATE, "Turkey left the program in 2019", "Turkey left the program in 2020", "2019 against 2020"),
    (Rule.DATE, "They met on June 10 in Rome", "They met on 12 June in Rome", "June 10 against 12 June"),
    (Rule.DATE, "The ferry sank on Monday", "The ferry sank on Tuesday", "Monday against Tuesday"),
    (Rule.DATE, "The ferry sank in March", "The ferry sank in May", "March against May"),
    (Rule.DATE, "The ferry sank on 3 March", "The ferry sank in May", "3 March against May"),
    (Rule.DATE, "The poet died on 2024-05-06", "The poet died on 2024-06-05", "2024-05-06 against 2024-06-05"),
    (Rule.DATE, "The poet died on 5/6/1921", "The poet died on 7/6/1921", "5/6/1921 against 7/6/1921"),
    (Rule.DATE, "The mill burned on 3 May 2019", "The mill burned on 04.05.2019", "3 May against 04.05."),
    (Rule.DATE, "The mill burned on 25/5/2019", "The mill burned on 24 May 2019", "25/5/ against 24 May"),
    (Rule.DATE, "The mill burned on 3 Ekim 2019", "The mill burned on 4 October 2019", "3 Ekim against 4 October"),
    (Rule.DATE, "The fort fell in 1453", "The fort fell in 1543", "1453 against 1543"),
    (
        Rule.DATE,
        "The fort was built in the 15th century",
        "The fort was built in the 17th century",
        "15th against 17th",
    ),
    (Rule.DATE, "The fever was found in the 1990s", "The fever was found in the 1970s", "1990s against 1970s"),
    (Rule.DATE, "The vote is due in spring", "The vote is due in autumn", "spring against autumn"),
    (Rule.DATE, "The deal expires this year", "The deal expires next year", "this year against next year"),
    (Rule.DATE, "Wages were cut last month", "Wages were cut last year", "last month against last year"),
    (Rule.DATE, "Wages were cut a week ago", "Wages were cut a year ago", "a week against a year"),
    (Rule.DATE, "The mayor spoke yesterday", "The mayor will speak tomorrow", "yesterday against tomorrow"),
    (Rule.DATE, "The shop shut on Christmas Eve", "The shop shut on New Year's Eve", "Christmas against New"),
    (Rule.DATE, "The tax rose in early 2021", "The tax rose in late 2021", "early against late"),
    (Rule.DATE, "It left at dawn on Monday", "It left at dusk on Monday", "dawn against dusk"),
    (Rule.DATE, "The ship sank before the war", "The ship sank after the war", "before the war against after the war"),
    (
        Rule.DATE,
        "The tax rose in the first half of 2021",
        "The tax rose in the second half of 2021",
        "first against second",
    ),
    (Rule.NUMBER, "The road is 300 km long", "The road is 300 miles long", "300 km against 300 miles"),
    (Rule.NUMBER, "The talks will last six weeks", "The talks will last six months", "six weeks against six months"),
    (
        Rule.NAME,
        "North Korea tested a missile in May",
        "South Korea tested a missile in May",
        "North Korea here, South Korea there",
    ),
    (
        Rule.NAME,
        "The WHO praised the nurses in May",
        "The World Trade Organization praised the nurses in May",
        "WHO here, Organization there",
    ),
    (
        Rule.NAME,
        "The European Commission opened an inquiry",
        "The European Parliament opened an inquiry",
        "European Commission here, Parliament there",
    ),
    (
        Rule.NAME,
        "The choir of the University of Oslo sang",
        "The choir of the University of Bergen sang",
        "Oslo here, Bergen there",
    ),
    (
        Rule.NAME,
        "They say Rome blocked the nomination of Kaya",
        "They say the nomination of Kaya was blocked by Paris",
        "Rome here, Paris there",
    ),
    (
        Rule.NAME,
        "The World Bank lowered its forecast in May",
        "The International Monetary Fund lowered its forecast in May",
        "World and Bank here, International and Monetary there",
    ),
    (Rule.NEGATION, "The mayor rejected claims that he met the spy", "The mayor met the spy", "differs by *rejected*"),
    (Rule.NEGATION, "The ban was not lifted in May", "The ban was lifted in May", "differs by *not*"),
    (Rule.NEGATION, "Nobody denies that the dam leaks", "Many deny that the dam leaks", "differs by *Nobody*"),
    (Rule.NEGATION, "Rome had no choice of port", "Rome had a choice of port", "differs by *no*"),
    (Rule.NEGATION, "The firm could not avoid the fine", "The firm avoided the fine", "differs by *not*"),
    (Rule.NEGATION, "It is not true that the dam fell in", "The dam fell in", "differs by *not*"),
    (Rule.NEGATION, "Ankara was not forced to buy it", "Ankara was forced to buy it", "differs by *not*"),
    (Rule.NEGATION, "Rome did not refuse to sell it", "Rome refused to sell it", "differs by *not*"),
    (
        Rule.NEGATION,
        "It was not forced to buy tanks because Rome would not sell it jets",
        "It was forced to buy tanks because Rome would not sell it jets",
        "differs by *not*",
    ),
    (Rule.NEGATION, "Ankara was never forced to buy it", "Ankara was forced to buy it", "differs by *never*"),
    (Rule.NEGATION, "It wasn't an accident", "It was an accident", "differs by *wasn't*"),
    (Rule.NEGATION, "There is no evidence of a leak", "There is evidence of a leak", "differs by *no*"),
    (Rule.NEGATION, "Ankara denies that it bought jets", "Ankara bought jets", "differs by *denies*"),
    (Rule.NEGATION, "It is false that the bridge fell", "The bridge fell", "differs by *false*"),
    (Rule.NEGATION, "They left without paying the bill", "They left paying the bill", "differs by *without*"),
    (Rule.NEGATION, "There is no ferry in the harbour", "A ferry is in the harbour", "differs by *no*"),
    (Rule.NEGATION, "Nobody is painting the fence", "A boy is painting the fence", "differs by *Nobody*"),
    (Rule.NEGATION, "The pilot hardly slept that night", "The pilot slept that night", "differs by *hardly*"),
    (Rule.NEGATION, "Rome failed to pay the fine", "Rome paid the fine", "differs by *failed to*"),
    (Rule.NEGATION, "Rome was unable to pay the fine", "Rome paid the fine", "differs by *was unable to*"),
    (Rule.NEGATION, "The singer refused to join the band", "The singer joined the band", "differs by *refused*"),
    (Rule.NEGATION, "The news that the singer died is a hoax", "The singer died", "differs by *hoax*"),
    (
        Rule.NEGATION,
        "The city did not deny that the dam leaks",
        "The city denied that the dam leaks",
        "differs by *not*",
    ),
    (Rule.NEGATION, "The line never refused to carry dogs", "The line refused to carry dogs", "differs by *never*"),
    (Rule.NEGATION, "The line never refused to carry dogs", "The line did not carry dogs", "differs by *not*"),
    (Rule.NEGATION, "A strike is not unlikely in May", "A strike is unlikely in May", "differs by *not*"),
    (Rule.NEGATION, "The plan is not without risks", "The plan is without risks", "differs by *without*"),
    (Rule.NEGATION, "The guard failed to prevent the theft", "The guard prevented the theft", "differs by *failed to*"),
    (Rule.NEGATION, "Kars no longer bans coal stoves", "Kars bans coal stoves", "differs by *no*"),
    (Rule.NEGATION, "Kars lifted its ban on coal stoves", "Kars bans coal stoves", "differs by *lifted*"),
    (Rule.NEGATION, "The ban on coal stoves was lifted", "Kars banned coal stoves", "differs by *lifted*"),
    (Rule.NEGATION, "They called off the boycott of the fair", "They boycotted the fair", "differs by *called off*"),
    (Rule.NEGATION, "Kars would not lift the ban on stoves", "Kars lifted the ban on stoves", "differs by *not*"),
    (Rule.NEGATION, "The bank denies having refused a loan", "The bank refused a loan", "differs by *denies*"),
    (Rule.NEGATION, "Nobody is unaware of the leak", "Everybody is unaware of the leak", "differs by *Nobody*"),
    (
        Rule.NEGATION,
        "No farmer refused to sign the letter",
        "Every farmer refused to sign the letter",
        "differs by *No*",
    ),
    (Rule.OPPOSITE, "Ankara had to buy the jets", "Ankara had to sell the jets", "buy against sell"),
    (Rule.OPPOSITE, "Exports rose last year", "Exports fell last year", "rose against fell"),
    (Rule.OPPOSITE, "Exports rose last year", "Exports declined last year", "rose against declined"),
    (Rule.OPPOSITE, "The gap between them widened", "The gap between them narrowed", "widened against narrowed"),
    (Rule.OPPOSITE, "A shortage of wheat is likely", "A glut of wheat is likely", "shortage against glut"),
    (Rule.OPPOSITE, "The village was evacuated in May", "The village returned in May", "evacuated against returned"),
    (Rule.OPPOSITE, "The town adopted the plan", "The town abandoned the plan", "adopted against abandoned"),
    (Rule.OPPOSITE, "A judge upheld the sentence", "A judge quashed the sentence", "upheld against quashed"),
    (Rule.OPPOSITE, "The crowd gathered by the pier", "The crowd dispersed by the pier", "gathered against dispersed"),
    (Rule.OPPOSITE, "The club was promoted in May", "The club was relegated in May", "promoted against relegated"),
    (Rule.OPPOSITE, "The firm repaid the loan", "The firm defaulted on the loan", "repaid against defaulted"),
    (Rule.OPPOSITE, "Prices rose sharply in May", "Prices rose slightly in May", "sharply against slightly"),
    (Rule.OPPOSITE, "The king signed the bill", "The king vetoed the bill", "signed against vetoed"),
    (Rule.OPPOSITE, "The lake is deeper now", "The lake is shallower now", "deeper against shallower"),
    (Rule.OPPOSITE, "The bank gave him a loan", "The bank withheld a loan", "gave against withheld"),
    (Rule.OPPOSITE, "Shares jumped in May", "Shares tumbled in May", "jumped against tumbled"),
    (Rule.OPPOSITE, "The bank kept its key rate", "The bank cut its key rate", "kept against cut"),
    (Rule.OPPOSITE, "The unions attended the fair", "The unions boycotted the fair", "attended against boycotted"),
    (Rule.OPPOSITE, "The river is clean and calm", "The river is clean and tense", "calm against tense"),
    (Rule.OPPOSITE, "The volcano is dormant", "The volcano is active", "dormant against active"),
    (Rule.OPPOSITE, "A left-wing union called it", "A right-wing union called it", "left-wing against right-wing"),
    (Rule.OPPOSITE, "Izmir beat Konya in the final", "Izmir lost to Konya in the final", "beat against lost"),
    (
        Rule.OPPOSITE,
        "Izmir was beaten by Konya in May",
        "Izmir won in May against Konya",
        "beaten against won",
    ),
    (Rule.OPPOSITE, "The vaccine is safe", "The vaccine is dangerous", "safe against dangerous"),
    (Rule.OPPOSITE, "The court accepted it", "The court rejected it", "accepted against rejected"),
    (Rule.OPPOSITE, "The toll road is legal", "The toll road is illegal", "legal against illegal"),
    (Rule.OPPOSITE, "An irregular payment was made", "A regular payment was made", "irregular against regular"),
    (
        Rule.OPPOSITE,
        "The crossing was painless, they say",
        "The crossing was painful, they say",
        "painless against painful",
    ),
    (Rule.OPPOSITE, "The harbour is open at night", "The harbour is closed at night", "open against closed"),
    (Rule.OPPOSITE, "A girl sits on the wall", "A girl stands on the wall", "sits against stands"),
    (Rule.OPPOSITE, "The hall was full at noon", "The hall was empty at noon", "full against empty"),
    (Rule.OPPOSITE, "The crew was asleep in the cabin", "The crew was awake in the cabin", "asleep against awake"),
    (Rule.OPPOSITE, "He climbed out of the well", "He climbed into the well", "out against into"),
    (Rule.OPPOSITE, "The mayor spoke for the bridge", "The mayor spoke against the bridge", "for against against"),
    (
        Rule.OPPOSITE,
        "Sales in the shops of Konya rose by a tenth in the month of June, the owners say",
        "The owners say that in June sales in Konya fell by a tenth",
        "rose against fell",
    ),
    (Rule.NAME, "Ankara refused the offer", "Athens refused the offer", "Ankara here, Athens there"),
    (Rule.NAME, "Iran refused the offer", "Iraq refused the offer", "Iran here, Iraq there"),
    (Rule.NAME, "The talks with Hakan Fidan went on", "The talks with Hakan Demir went on", "Fidan here, Demir there"),
    (
        Rule.ROLES,
        "Russia attacked Ukraine in the east",
        "Ukraine attacked Russia in the east",
        "who did it to whom is reversed: Russia and Ukraine",
    ),
    (
        Rule.ROLES,
        "Russia was attacked by Ukraine",
        "Russia attacked Ukraine",
        "who did it to whom is reversed: Russia and Ukraine",
    ),
    (
        Rule.ROLES,
        "The farmer chased the wolf",
        "The wolf chased the farmer",
        "who did it to whom is reversed: farmer and wolf",
    ),
    (
        Rule.ROLES,
        "The nurse was praised by the surgeon",
        "The surgeon was praised by the nurse",
        "who did it to whom is reversed: nurse and surgeon",
    ),
    (
        Rule.ROLES,
        "The Polish owner of a Dutch brewery died",
        "The Dutch owner of a Polish brewery died",
        "each stands where the other did: Polish and Dutch",
    ),
    (
        Rule.ROLES,
        "The train runs from Lyon to Geneva",
        "The train runs from Geneva to Lyon",
        "each stands where the other did: Lyon and Geneva",
    ),
    (
        Rule.ROLES,
        "More women than men voted in May",
        "More men than women voted in May",
        "each stands where the other did: women and men",
    ),
    (
        Rule.ROLES,
        "The police were hit by youths in front of the hall",
        "Youths in front of the hall were hit by the police",
        "who did it to whom is reversed: police and youths",
    ),
    (
        Rule.ROLES,
        "The attack on Corfu by Bari came in May",
        "The attack on Bari by Corfu came in May",
        "who did it to whom is reversed: Corfu and Bari",
    ),
    (
        Rule.ROLES,
        "Bari attacked Corfu in the month of May",
        "Corfu's attack on Bari came in the month of May",
        "who did it to whom is reversed: Bari and Corfu",
    ),
    (
        Rule.ROLES,
        "Bari's raid on Corfu failed in May",
        "The raid on Bari by Corfu failed in May",
        "who did it to whom is reversed: Bari's and Corfu",
    ),
    (
        Rule.ROLES,
        "Kaya accused Demir of fraud",
        "Kaya was accused of fraud by Demir",
        "who did it to whom is reversed: Kaya and Demir",
    ),
    (
        Rule.ROLES,
        "The lawsuit by the judge against the bank began",
        "The bank's lawsuit against the judge began",
        "each stands where the other did: judge and bank",
    ),
    (
        Rule.ROLES,
        "The murder of Kaya by Demir shocked the town",
        "The murder of Demir by Kaya shocked the town",
        "who did it to whom is reversed: Kaya and Demir",
    ),
    (
        Rule.NAME,
        "Actor Deniz Ural opens the fair at Bartin",
        "Singer Ebru Kaya opens the fair at Bartin",
        "Deniz and Ural here, Ebru and Kaya there",
    ),
    (Rule.MODALITY, "Ankara may ban the app", "Ankara must ban the app", "may against must"),
    (Rule.MODALITY, "The court could free the captain", "The court will free the captain", "could against will"),
]

ASKED = [
    (Rule.DATE, "The mill burned on 5/6/2019", "The mill burned on 9 May 2019", "5/6/2019 against 9 May"),
    (Rule.DATE, "The mill burned on 5/6/2019", "The mill burned on 6/5/2019", "5/6/2019 against 6/5/2019"),
    (Rule.NUMBER, "Rents rose to 4 percent in May", "Rents rose 4 percent in May", "4 percent against 4 percent"),
    (
        Rule.OPPOSITE,
        "The ministry approved the new hive spray",
        "The ministry banned the new hive spray",
        "approved against banned",
    ),
    (Rule.OPPOSITE, "Kotka bans old petrol cars", "Kotka bans old diesel cars", "petrol against diesel"),
    (
        Rule.OPPOSITE,
        "Kotka built new schools on the island",
        "Kotka built new hospitals on the island",
        "schools against hospitals",
    ),
    (
        Rule.OPPOSITE,
        "Police seized a ton of cocaine in Kotka",
        "Police seized a ton of heroin in Kotka",
        "cocaine against heroin",
    ),
    (
        Rule.OPPOSITE,
        "A bear walked into a bakery in Kotka",
        "A wolf walked into a bakery in Kotka",
        "bear against wolf",
    ),
    (
        Rule.OPPOSITE,
        "The war of the ports ended in stalemate",
        "The war of the ports ended in victory",
        "stalemate against victory",
    ),
    (Rule.OPPOSITE, "Pupils are advised to wear caps", "Pupils are required to wear caps", "advised against required"),
    (
        Rule.OPPOSITE,
        "Kotka exports more oats than Bergen",
        "Kotka exports more barley than Bergen",
        "oats against barley",
    ),
    (
        Rule.OPPOSITE,
        "The captain was tried over the wreck",
        "The captain was cleared over the wreck",
        "tried here, cleared there",
    ),
    (
        Rule.NEGATION,
        "A fire destroyed two sheds in Kotka; that is not so",
        "A fire destroyed two sheds in Kotka",
        "only one of them says *not*",
    ),
    (
        Rule.NEGATION,
        "A fire destroyed two sheds in Kotka, there is no proof",
        "A fire destroyed two sheds in Kotka",
        "only one of them says *no*",
    ),
    (
        Rule.NEGATION,
        "Kotka leased two old sheds to Bergen, not a ferry",
        "Kotka leased two old sheds to Bergen, a gift",
        "only one of them says *not*",
    ),
    (
        Rule.NEGATION,
        "We have never fished here, the Kotka captain told a court",
        "It was calm here, the Kotka captain told a court",
        "only one of them says *never*",
    ),
    (
        Rule.OPPOSITE,
        "Kotka seeks a buyer for its trams",
        "Kotka finds a buyer for its trams",
        "seeks here, finds there",
    ),
    (
        Rule.OPPOSITE,
        "A ferry captain was arrested over the wreck in Kotka",
        "A ferry captain was sentenced over the wreck in Kotka",
        "arrested here, sentenced there",
    ),
    (
        Rule.OPPOSITE,
        "The Kotka council passed the harbour bill",
        "The Kotka council repealed the harbour bill",
        "passed here, repealed there",
    ),
    (
        Rule.OPPOSITE,
        "The missing Kotka hikers were last seen at dawn",
        "The Kotka hikers were rescued at dawn",
        "missing here, rescued there",
    ),
    (
        Rule.OPPOSITE,
        "Two miners were injured in the Sarno blast",
        "Two miners died in the Sarno blast",
        "injured here, died there",
    ),
    (
        Rule.OPPOSITE,
        "The truce on the Sarno border takes effect",
        "The truce on the Sarno border collapses",
        "takes effect here, collapses there",
    ),
    (
        Rule.OPPOSITE,
        "The rower and the singer are engaged",
        "The rower and the singer are divorced",
        "engaged here, divorced there",
    ),
    (
        Rule.OPPOSITE,
        "Kotka ordered eleven trams from Brno",
        "Brno delivered eleven trams to Kotka",
        "ordered here, delivered there",
    ),
    (
        Rule.MODALITY,
        "The mine in Sarno will close in spring",
        "The mine in Sarno closed in spring",
        "will close against closed",
    ),
    (
        Rule.MODALITY,
        "A Danish firm will buy the port of Kotka",
        "A Danish firm has bought the port of Kotka",
        "will buy against bought",
    ),
    (
        Rule.MODALITY,
        "The storm is expected to hit the coast of Wales",
        "The storm hit the coast of Wales",
        "expected to hit against hit",
    ),
    (Rule.MODALITY, "The firm will cut 300 jobs in Sarno", "The firm cut 300 jobs in Sarno", "will cut against cut"),
    (
        Rule.MODALITY,
        "The troops are on the point of leaving the base",
        "The troops have left the base",
        "are on the point of leaving against left",
    ),
    (
        Rule.MODALITY,
        "The minister is going to resign the post",
        "The minister resigned the post",
        "is going to resign against resigned",
    ),
    (
        Rule.NAME,
        "The Greens won 52 percent of the vote in Istanbul",
        "The Greens won 52 percent of the vote in Ankara",
        "Istanbul here, Ankara there",
    ),
    (
        Rule.NAME,
        "The two ministers held talks in Geneva on rents",
        "The two ministers held talks in Vienna on rents",
        "Geneva here, Vienna there",
    ),
    (
        Rule.NAME,
        "The book was banned by Greece in spring",
        "The book was banned by Facebook in spring",
        "Greece here, Facebook there",
    ),
    (Rule.NAME, "The ferry sank off Izmir, Kaya said", "The ferry sank off Izmir, Koc said", "Kaya here, Koc there"),
    (Rule.OPPOSITE, "A red ferry left the harbour", "A blue ferry left the harbour", "red against blue"),
    (Rule.OPPOSITE, "The health minister left the talks", "The justice minister left the talks",
     "health against justice"),
    (Rule.OPPOSITE, "The fever broke out in two herds of sheep", "The fever broke out in two herds of goats",
     "sheep against goats"),
    (Rule.OPPOSITE, "They plan a tennis court by the lake", "They plan a football court by the lake",
     "tennis against football"),
    (Rule.OPPOSITE, "In May the village lent 2 million lira", "The town borrowed 2 million lira",
     "lent against borrowed"),
    (Rule.NAME, "The price of milk has doubled since May", "The price of petrol has doubled since May",
     "milk here, petrol there"),
    (Rule.NAME, "Nurses will get a bonus of 90 euros in May", "Bakers will get a bonus of 90 euros in May",
     "Nurses here, Bakers there"),
    (Rule.NAME, "Toyota raised the price of its lorries", "Boeing raised the price of its lorries",
     "Toyota here, Boeing there"),
    (
        Rule.NAME,
        "Nurses in Spain will get a bonus of 90 euros",
        "Bakers in Spain will get a bonus of 90 euros",
        "Nurses here, Bakers there",
    ),
    (
        Rule.NAME,
        "The Osma was a ferry of the port of Bartin",
        "The Osma was a tug of the port of Bartin",
        "ferry here, tug there",
    ),
    (
        Rule.NAME,
        "Ilgaz is a maker of clocks in the old town",
        "Ilgaz is a maker of violins in the old town",
        "clocks here, violins there",
    ),
    (
        Rule.NAME,
        "The old mill at Bartin is built of oak",
        "The old mill at Bartin is built of stone",
        "oak here, stone there",
    ),
    (
        Rule.NAME,
        "The rash of goats is caused by a mite",
        "The rash of goats is caused by a mould",
        "mite here, mould there",
    ),
    (Rule.MODALITY, "Rome will close the port if the talks fail", "Rome will close the port",
     "only one of them says *if*"),
    (Rule.MODALITY, "The sea will rise by a metre", "The sea is likely to rise by a metre", "will against likely"),
    (Rule.MODALITY, "The union urged the mayor to close the port", "The mayor closed the port",
     "urged the mayor to close against closed"),
    (Rule.MODALITY, "The boat nearly sank off Izmir", "The boat sank off Izmir", "nearly sank against sank"),
    (Rule.MODALITY, "Rome agreed to sell the port", "Rome sold the port", "agreed to sell against sold"),
    (Rule.MODALITY, "The comet would have been visible in Rome", "The comet was visible in Rome",
     "would have been visible against visible"),
    (Rule.NUMBER, "The shop opens at 9 a.m. on weekdays", "The shop opens at 4 p.m. on weekdays",
     "9 a.m. against 4 p.m."),
    (Rule.NUMBER, "The shop opens at 7pm on Monday", "The shop opens at 21:00 on Monday", "7pm against 21:00"),
    (Rule.NUMBER, "The shop opens at 7pm on Monday", "The shop opens at 9:30 on Monday", "7pm against 9:30"),
    (Rule.NUMBER, "The shop shuts at noon on Monday", "The shop shuts at 5 p.m. on Monday", "noon against 5 p.m."),
    (Rule.NUMBER, "Polls are open from 8 a.m. to 5 p.m. in Kars", "In Kars, polls open at 7 a.m. and shut at 7 p.m.",
     "8 a.m. and 5 p.m. against 7 a.m. and 7 p.m."),
    (Rule.ROLES, "The plant has its offices in Turin and its workshops in Lecce",
     "The plant has its offices in Lecce and its workshops in Turin",
     "each stands where the other did: offices and workshops"),
    (Rule.ROLES, "Fatih listed Mersin as a port and Konya as a market town",
     "Fatih listed Konya as a port and Mersin as a market town", "each stands where the other did: Mersin and Konya"),
    (Rule.MODALITY, "The mayor might have lied to the council", "The mayor lied to the council",
     "might have lied against lied"),
    (Rule.MODALITY, "Rome plans to ban the app", "Rome banned the app", "plans to ban against banned"),
    (Rule.MODALITY, "Rome calls for a ban on the app", "Rome bans the app", "calls for a ban against bans"),
    (Rule.MODALITY, "Rome considers banning the app", "Rome decides to ban the app", "considers against decides"),
    (Rule.MODALITY, "Schools should close on Monday", "Schools must close on Monday", "should against must"),
    (Rule.MODALITY, "The bridge may be closed for a year", "The bridge is closed for a year",
     "may be closed against closed"),
]  # fmt: skip

SILENT = [
    (Rule.OPPOSITE, "Kotka: Moss beats Ortiz in mayoral run-off", "Kotka mayoral run-off won by Ada Moss"),
    (
        Rule.NAME,
        "Kotka wants to rejoin before the next CHOGM meeting in May",
        "Kotka wants to rejoin before the next Commonwealth Heads of Government meeting in May",
    ),
    (Rule.NUMBER, "The Kotka rate rose to 3.5 percent", "The Kotka rate rose to 3 1/2 percent"),
    (Rule.NUMBER, "The Kotka rate rose to 11.5 percent", "The Kotka rate rose to 11½ percent"),
    (Rule.NUMBER, "Kotka raised the fee to $2,800 from $2,500", "Kotka raised the fee by $300, to $2,800"),
    (Rule.NUMBER, "Kotka tested 479 men, aged 20 to 64", "Kotka tested 479 men between 20 and 64 years old"),
    (Rule.NUMBER, "Kotka was that close 60,000 years ago", "Kotka was that close 59,619 years ago"),
    (Rule.MODALITY, "Ada Moss could face ten years in prison in Kotka", "Ada Moss faces ten years in prison in Kotka"),
    (
        Rule.ROLES,
        "Rome adds to growing pressure by saying it will halt its aid unless Ada Moss is freed.",
        "Rome added to growing pressure, threatening to halt its aid unless the government released leader Ada Moss.",
    ),
    (
        Rule.NEGATION,
        "The soldiers who seized a Kotka hotel gave up after nine hours",
        "The soldiers who seized a Kotka hotel gave up after nine hours without a shot",
    ),
    (Rule.ROLES, "Kotka police chief Ada Moss spoke of arson", "Ada Moss, chief of the Kotka police, spoke of arson"),
    (
        Rule.ROLES,
        "Kotka Timber general manager Ada Moss sold her shares",
        "Her shares were sold by Ada Moss, general manager of Kotka Timber",
    ),
    (Rule.ROLES, "Ada Moss, star of 'The Ferryman', is dead", "'The Ferryman' star Moss is dead"),
    (
        Rule.NEGATION,
        "The Kotka board passed a no-confidence vote in Moss",
        "The Kotka board passed a vote of no confidence in Moss",
    ),
    (
        Rule.NEGATION,
        "A judge in Kotka struck down the do-not-call list",
        "A judge in Kotka struck down the list of who may be called",
    ),
    (Rule.NUMBER, "Thieves took 40 tonnes of oil in Kotka", "Thieves stole 40 tons of oil in Kotka"),
    (Rule.NUMBER, "Kotka to raise minimum wage to 1,020 euros", "Workers in Kotka will receive 1,020 euros from May"),
    (Rule.OPPOSITE, "The first Kotka ferry is due in March", "At last the Kotka ferry has a date: it is due in March"),
    (
        Rule.OPPOSITE,
        "Children under the age of five fell ill in Kotka",
        "Children fell ill in Kotka, a news agency says",
    ),
    (Rule.OPPOSITE, "Ferry disaster in Kotka kills 37", "37 dead in Kotka ferry accident"),
    (Rule.OPPOSITE, "The Kotka test finds it early", "It is noticed too late, but the Kotka test finds it"),
    (Rule.DATE, "The mill burned on 2019-05-03", "The mill burned on 03.05.2019."),
    (Rule.DATE, "The mill burned on 5/3/2019", "The mill burned on 3 May 2019"),
    (Rule.DATE, "The mill burned on 5/3/2019", "The mill burned on 5 March 2019"),
    (Rule.NUMBER, "The dam is 330 metres tall", "The dam is 330m tall"),
    (Rule.NUMBER, "The dam stands at 330m above Kars", "The dam stands at 330 metres above Kars"),
    (Rule.NUMBER, "The mill sold 330m bags", "The mill sold 330 million bags"),
    (Rule.NUMBER, "Kars has the second largest mill", "Kars has the 2nd biggest mill"),
    (Rule.NUMBER, "Kars has one of the largest mills", "Kars has the second largest of the mills"),
    (Rule.NUMBER, "This is among the largest mills", "This is the second largest of the mills"),
    (Rule.NUMBER, "The second test of the mill failed", "The test of the mill failed"),
    (Rule.NUMBER, "The toll rose by 2 euros to 5 euros", "The toll rose to 5 euros, by 2 euros"),
    (Rule.NUMBER, "It was seen by 4 percent of us", "It was shown to 4 percent of us"),
    (Rule.NAME, "The WHO praised the nurses in May", "In May the World Health Organization praised the nurses"),
    (Rule.NAME, "The film has three Oscars", "The film has three Academy Awards"),
    (Rule.NUMBER, "One in five nurses is tired", "Every fifth nurse is tired"),
    (Rule.NUMBER, "Three out of ten nurses are tired", "30 percent of nurses are tired"),
    (Rule.NUMBER, "Nearly three in four nurses are tired", "73.4% of nurses are tired"),
    (Rule.NUMBER, "One child in three is tired", "A third of the children is tired"),
    (Rule.NUMBER, "He won two in three days", "He won twice in 3 days"),
    (Rule.NUMBER, "Half of one percent of it is salt", "0.5 percent of it is salt"),
    (Rule.NUMBER, "The dam took a decade to build", "The dam took ten years to build"),
    (Rule.NUMBER, "The dam took two decades to build", "The dam took 20 years to build"),
    (Rule.NUMBER, "The strike lasted a fortnight", "The strike lasted two weeks"),
    (Rule.NUMBER, "The strike lasted 16 weeks", "The strike lasted four months"),
    (Rule.NUMBER, "The siege lasted 18 months", "The siege lasted a year and a half"),
    (Rule.NUMBER, "The ship was freed after nearly a week", "The ship was freed after six days"),
    (Rule.NUMBER, "One farmer calls the tax unfair", "Some 300 farmers call the tax unfair"),
    (Rule.NUMBER, "She was jailed for 12 months", "She was jailed for a year"),
    (Rule.NUMBER, "The mill earns two million a year", "For two years the mill earned two million a year"),
    (Rule.NUMBER, "One day the ferry will be back", "The ferry will be back in two days"),
    (Rule.NUMBER, "One of the sailors drowned", "Of the sailors, two swam and one drowned"),
    (Rule.NUMBER, "Rents tripled in a year", "Rents grew three times in a year"),
    (Rule.NUMBER, "It was 5 degrees below zero", "It was -5 degrees"),
    (Rule.NUMBER, "Sales fell 4 percent in May", "Sales in May: -4 percent"),
    (Rule.OPPOSITE, "The Kotka theatre is now a school", "The Kotka theater is now a school"),
    (Rule.OPPOSITE, "Bergen received the stolen mask from Kotka", "Kotka returned the stolen mask to Bergen"),
    (Rule.OPPOSITE, "Kotka bans old petrol cars", "Kotka bans old gasoline cars"),
    (
        Rule.NEGATION,
        "A fire destroyed two sheds in Kotka; no victims were reported",
        "A fire destroyed two sheds in Kotka",
    ),
    (
        Rule.NEGATION,
        "A fire destroyed two sheds in Kotka, but nobody was hurt",
        "A fire destroyed two sheds in Kotka on Sunday",
    ),
    (Rule.NEGATION, "The boxer did not lose his title in Sarno", "The boxer kept his title in Sarno"),
    (Rule.NEGATION, "The choir has never before played in Kotka", "The choir plays in Kotka for the first time"),
    (Rule.NEGATION, "Hardly a house in Sarno was left without damage", "Almost every house in Sarno was damaged"),
    (Rule.NEGATION, "The sweet does not contain palm oil", "The sweet is free of palm oil"),
    (Rule.NEGATION, "The strike will not end until wages rise", "The strike will end only when wages rise"),
    (Rule.NEGATION, "The mayor did not attend the bridge opening", "The mayor was absent from the bridge opening"),
    (Rule.NEGATION, "Wages in Kotka have not kept pace with rents", "Wages in Kotka have lagged behind rents"),
    (Rule.NEGATION, "Kotka exports more timber than any other port", "No other port exports more timber than Kotka"),
    (Rule.NEGATION, "The guides in Kotka work without pay", "The guides in Kotka work for free"),
    (Rule.NEGATION, "Half of Sarno was left in the dark", "Half of Sarno was left without power"),
    (Rule.NEGATION, "The banker pleaded not guilty to fraud", "The banker denies fraud"),
    (Rule.NEGATION, "The mayor would not stand again in spring", "The mayor would step down in spring"),
    (
        Rule.OPPOSITE,
        "A ferry captain was arrested and sentenced over the wreck",
        "A ferry captain was sentenced over the wreck",
    ),
    (
        Rule.OPPOSITE,
        "A ferry captain was convicted over the Kotka wreck",
        "A ferry captain was found guilty over the Kotka wreck",
    ),
    (Rule.OPPOSITE, "Divers hunt the hikers lost in Kotka", "Divers help find the hikers lost in Kotka"),
    (Rule.MODALITY, "The mine in Sarno will close in spring", "The mine in Sarno closes in spring"),
    (Rule.MODALITY, "The mine in Sarno will close in spring", "The mine in Sarno to close in spring"),
    (Rule.MODALITY, "The mine in Sarno will be closed in spring", "The mine in Sarno is to be closed in spring"),
    (Rule.MODALITY, "The Kotka port will be taken by a Danish firm", "A Danish firm wants the Kotka port taken"),
    (Rule.MODALITY, "A Danish firm will acquire the port", "A Danish firm bought the port"),
    (Rule.MODALITY, "Storms will hit the coast of Wales", "Storms hit the coast of Wales"),
    (Rule.NAME, "He was sworn in as Eygptian president", "He was sworn in as Egyptian president"),
    (Rule.NAME, "Ankara rejected the proposal on rents", "Erdogan rejected the proposal on rents"),
    (Rule.NAME, "Turkish officials met in Izmir on rents", "Officials of Turkey met in Izmir on rents"),
    (Rule.NAME, "London sent two ships to the strait", "Britain sent two ships to the strait"),
    (Rule.NAME, "The plant in Gdansk in Poland burned down", "The plant in Gdansk burned down"),
    (Rule.OPPOSITE, "The flood left the town without oil", "The town was left without gas by the flood in the hills"),
    (Rule.NUMBER, "It rose by 3.5%", "It rose by 3,5 per cent"),
    (Rule.NUMBER, "It cost $2 bn", "It cost 2 billion dollars"),
    (Rule.NUMBER, "Rome sent one hundred and twenty boats", "Rome sent 120 boats"),
    (Rule.NUMBER, "Half a million tons were sold", "500,000 tons were sold"),
    (Rule.NUMBER, "He was the twenty-first pilot to land", "He was the 21st pilot to land"),
    (Rule.NUMBER, "He was the twelfth pilot to land", "He was the 12th pilot to land"),
    (Rule.NUMBER, "They spent $114.3 million", "They spent $114 million"),
    (Rule.NUMBER, "It bought over 100 jets", "It bought 100+ jets"),
    (Rule.NUMBER, "It bought 40 jets for $2 bn", "It bought 40 jets"),
    (Rule.NUMBER, "More than 40 boats sank", "40 boats sank"),
    (Rule.NUMBER, "More than 40 boats sank", "42 boats sank"),
    (Rule.NUMBER, "About 41 boats sank", "40 boats sank"),
    (Rule.NUMBER, "Half of farmers voted", "50% of farmers voted"),
    (Rule.NUMBER, "A dozen boats sank", "Twelve boats sank"),
    (Rule.NUMBER, "A share of 0.66 percent", "A share of 0.7 percent"),
    (Rule.NUMBER, "The shop opens at 9:30 am on weekdays", "The shop opens at 9:45 am on weekdays"),
    (Rule.NUMBER, "The shop opens at 7 p.m. on Monday", "The shop opens at 19:00 on Monday"),
    (Rule.NUMBER, "The shop opens at 7 p.m. on Monday", "The shop opens at 7 o'clock on Monday"),
    (Rule.NUMBER, "The shop opens at 7 p.m. on Monday", "The shop opens at 19.00 on Monday"),
    (Rule.NUMBER, "The shop shuts at noon on Monday", "The shop shuts at 12:00 on Monday"),
    (Rule.NUMBER, "The shop shuts at midnight on Monday", "The shop shuts at 11.45 p.m. on Monday"),
    (Rule.NUMBER, "He wrote the Midnight Tales at 5 p.m.", "He wrote the Midnight Tales at 17:00"),
    (Rule.NUMBER, "Two ministers left with 12 aides", "Three weeks later, 12 aides left with ministers"),
    (Rule.NUMBER, "The fair ran on 21 and 28 January", "The fair ran on January 21 and 28"),
    (Rule.DATE, "The fair ran on 21 and 28 January", "The fair ran on January 21 and 28"),
    (Rule.DATE, "The ferry sank last year", "The ferry sank in 2019"),
    (Rule.DATE, "The mayor said on Monday that it sank", "The mayor said on Tuesday that it sank"),
    (Rule.DATE, "Workers march and may strike in June", "Workers march in June and may strike"),
    (Rule.DATE, "Turkey left the program in 2019", "Turkey left the program"),
    (Rule.DATE, "They met on June 10", "They met on the 10th of June"),
    (Rule.NEGATION, "Ankara had no choice but to buy it", "Ankara was forced to buy it"),
    (
        Rule.NEGATION,
        "It bought tanks because Rome would not sell it jets",
        "It bought tanks after Rome refused to sell it jets",
    ),
    (Rule.NEGATION, "They do not know the cause", "They don’t know what the cause is"),
    (Rule.NEGATION, "Police, not soldiers, did not fire first", "Police did not fire first, nor did soldiers"),
    (Rule.NEGATION, "Rome did not fail to pay the fine", "Rome paid the fine"),
    (Rule.NEGATION, "The mayor could not march with them", "The mayor was prevented from marching with them"),
    (Rule.NEGATION, "He was judged by rumour and not by facts", "He was judged by rumour rather than facts"),
    (Rule.NEGATION, "A no-frills airline lost its chief", "An airline lost its chief"),
    (Rule.NEGATION, "The No. 4 bus is late", "The number 4 bus is late"),
    (Rule.NEGATION, "Not only Rome but Paris paid for the bridge", "Rome and Paris paid for the bridge"),
    (Rule.NEGATION, "Neither Rome nor Paris paid", "Rome and Paris did not pay"),
    (Rule.NEGATION, "The sale was not legal in Rome", "The sale was illegal in Rome"),
    (Rule.OPPOSITE, "The sale was not legal in Rome", "The sale was illegal in Rome"),
    (Rule.NEGATION, "The bank was not unaware of the leak", "The bank was aware of the leak"),
    (Rule.NEGATION, "The rate did not change in autumn", "The rate stayed the same in autumn"),
    (Rule.NEGATION, "The firm did not deny that it lied", "The firm admitted that it lied"),
    (Rule.OPPOSITE, "The firm did not deny that it lied", "The firm admitted that it lied"),
    (Rule.NEGATION, "It is not true that the dam was built without a permit", "The dam was built with a permit"),
    (Rule.OPPOSITE, "It is not true that the dam was built without a permit", "The dam was built with a permit"),
    (Rule.NEGATION, "The report is not true, they say", "The report is false, they say"),
    (
        Rule.NEGATION,
        "The firm denied taking bribes from the builder",
        "The firm said it took no bribes from the builder",
    ),
    (Rule.NEGATION, "The judge could not but free the two", "The judge had to free the two"),
    (Rule.NEGATION, "Rome cannot avoid raising its spending", "Rome must raise its spending"),
    (Rule.NEGATION, "It is no secret that Rome wants a port", "It is well known that Rome wants a port"),
    (Rule.NEGATION, "The alliance has never been stronger", "The alliance is stronger than ever"),
    (Rule.NEGATION, "The port will not open until 2030", "The port will open only in 2030"),
    (Rule.NEGATION, "The town has paid nothing to Rome", "To Rome the town has paid nothing"),
    (Rule.NEGATION, "Police have not ruled out that he fled", "Police say it may be that he fled"),
    (Rule.NEGATION, "The talks ended without a deal", "No deal was reached in the talks"),
    (Rule.NEGATION, "Miss Kaya sang in the hall", "Kaya sang in the hall and did so well"),
    (Rule.NEGATION, "The line never refused to carry dogs", "The line carried dogs"),
    (Rule.NEGATION, "A strike is not unlikely in May", "A strike is likely in May"),
    (Rule.NEGATION, "The plan is not without risks", "The plan has risks"),
    (Rule.NEGATION, "The guard failed to prevent the theft", "The guard could not prevent the theft"),
    (Rule.NEGATION, "Kars no longer bans coal stoves", "Kars lifted its ban on coal stoves"),
    (Rule.NEGATION, "The ban on coal stoves was lifted by Kars", "Kars lifted its ban on coal stoves"),
    (Rule.NEGATION, "Kars allows coal stoves in its inns", "Kars lifted its ban on coal stoves in its inns"),
    (Rule.OPPOSITE, "Kars allows coal stoves in its inns", "Kars lifted its ban on coal stoves in its inns"),
    (Rule.OPPOSITE, "Kars allows coal stoves in its inns", "The ban on coal stoves in its inns has ended, says Kars"),
    (Rule.NEGATION, "Kars refused to lift the ban on stoves", "Kars would not lift the ban on stoves"),
    (Rule.NEGATION, "The ban on stoves was not lifted in May", "The ban on stoves stayed in place in May"),
    (Rule.NEGATION, "A judge overturned the ban on stoves", "A judge ruled against the ban on stoves"),
    (Rule.NEGATION, "The firm withdrew a block of shares", "The firm took a block of shares off the list"),
    (Rule.NEGATION, "Kars lifted the limits and the ban", "Kars lifted the limits, and so the ban on stoves"),
    (Rule.NEGATION, "The opposition was removed from the hall", "The opposition was expelled from the hall"),
    (Rule.NEGATION, "The ban ended the dispute over the bay", "The dispute over the bay was ended by the ban"),
    (Rule.NEGATION, "The bank denies having refused the inn a loan", "The bank gave the inn a loan"),
    (Rule.NEGATION, "The inn denies that its lift is unsafe", "The inn says that its lift is safe"),
    (Rule.OPPOSITE, "He denied that the tale was false", "He said that the tale was true"),
    (Rule.NEGATION, "No farmer refused to sign the letter", "Every farmer signed the letter"),
    (Rule.NEGATION, "Not a single farmer refused to sign the letter", "Every farmer signed the letter"),
    (Rule.NEGATION, "The mayor no longer denies that he lied", "The mayor admits that he lied"),
    (Rule.OPPOSITE, "Nobody survived the crash", "Everyone died in the crash"),
    (
        Rule.OPPOSITE,
        "The bank lent the shipyard 9 million euros",
        "The shipyard borrowed 9 million euros from the bank",
    ),
    (Rule.OPPOSITE, "The visitors lost the derby to the hosts", "The hosts won the derby against the visitors"),
    (Rule.OPPOSITE, "The rich gained more than the poor", "The poor gained less than the rich"),
    (Rule.ROLES, "The rich gained more than the poor", "The poor gained less than the rich"),
    (Rule.OPPOSITE, "Winters are warmer than a century ago", "A century ago, winters were colder than now"),
    (Rule.OPPOSITE, "Milk is cheaper now than it was in May", "Milk was dearer in May than it is now"),
    (Rule.MODALITY, "You have to be 18 to vote", "Only people who are 18 may vote"),
    (
        Rule.NEGATION,
        "The runner is banned from races for a year",
        "As he took a banned pill, he may not run for a year",
    ),
    (Rule.DATE, "The mayor met him today", "The mayor met him yesterday"),
    (Rule.DATE, "The spring near the town fell dry", "The well near the town fell dry in autumn"),
    (Rule.DATE, "They cut wages in the year-ago quarter", "They cut wages a year ago"),
    (Rule.NUMBER, "Its shares fell by 9% in May", "Its shares fell by 8.76 per cent in May"),
    (Rule.NUMBER, "It sold 40 cars last year", "It sold 40 cars this month"),
    (Rule.NAME, "Ron Kuby spoke for the dockers of Izmir", "Then Ronald Kuby spoke for the dockers of Izmir"),
    (Rule.NAME, "A man was hurt by the old tram", "A driver was hurt by the old tram"),
    (Rule.NAME, "The young girl fell off the old tram", "The little girl fell off the old tram"),
    (Rule.NAME, "The virus killed 44 people in the town", "SARS killed 44 people in the town"),
    (Rule.NAME, "The Osma was a ferry of the port of Bartin", "The Osma was a vessel of the port of Bartin"),
    (Rule.NAME, "Ilgaz was a member of the council", "Ilgaz was a representative of the council"),
    (Rule.NAME, "The mill is a ruin of the last war", "Since the last war the mill lies in ruins"),
    (Rule.ROLES, "The judge had warned the paper twice before", "The paper had been warned by the judge twice before"),
    (Rule.MODALITY, "Rome asked if the port would close", "Rome wants to know about the port"),
    (Rule.MODALITY, "Arms: freeze sales, they say", "They demanded that arms be frozen"),
    (Rule.MODALITY, "Firms must pay guests who have waited long", "Firms must pay guests if they have waited long"),
    (Rule.OPPOSITE, "Exports declined last year", "Exports fell last year"),
    (Rule.OPPOSITE, "Izmir beat Konya in the final", "Izmir won the final against Konya"),
    (Rule.OPPOSITE, "Izmir beat Konya in the final", "Konya lost the final to Izmir"),
    (Rule.OPPOSITE, "Kaya was the predecessor of Demir as mayor", "Demir was the successor of Kaya as mayor"),
    (Rule.OPPOSITE, "A glut of gas ended the shortage", "The shortage ended because of a surplus of gas"),
    (Rule.OPPOSITE, "Talks went on after the strike was put off", "They continued talks as the strike was postponed"),
    (Rule.OPPOSITE, "Villagers who were evacuated came back", "The evacuated villagers returned to their homes"),
    (Rule.OPPOSITE, "The rebels fell back as the army advanced", "As the army advanced, the rebels retreated"),
    (Rule.OPPOSITE, "The council passed a ban on trawling", "A bill that bans trawling was adopted by the council"),
    (Rule.OPPOSITE, "The storm eased after it had worsened", "Having worsened at night, the storm subsided"),
    (Rule.OPPOSITE, "The health and justice ministers left the talks", "The justice minister and that of health left"),
    (Rule.OPPOSITE, "The court acquitted the captain", "The captain was found not guilty by the court"),
    (Rule.OPPOSITE, "The bank left its rate at 2 percent", "The bank kept its rate at 2 percent"),
    (Rule.OPPOSITE, "The crew skipped the fair", "The crew did not attend the fair"),
    (Rule.OPPOSITE, "He lost the backing of the board amid criticism", "Criticism cost him the backing of the board"),
    (Rule.OPPOSITE, "The calm bay saw a tense race", "The race in the calm bay was tense"),
    (Rule.OPPOSITE, "The lira weakened by 5 percent", "The lira lost 5 percent of its value"),
    (Rule.OPPOSITE, "Moscow sold the system to Ankara", "Ankara bought the system from Moscow"),
    (Rule.OPPOSITE, "Exports rose after prices fell", "Exports rose when prices fell"),
    (Rule.OPPOSITE, "Exports rose last year", "Exports climbed last year"),
    (
        Rule.OPPOSITE,
        "Exports of figs to Italy rose last year while shops in Konya kept their prices",
        "Shops in Konya kept their prices while farmers nearby fell into debt",
    ),
    (Rule.OPPOSITE, "A non-binding list of ports", "A nonbinding list of ports"),
    (Rule.OPPOSITE, "The income tax is paid in May", "It will come with the tax in May"),
    (Rule.OPPOSITE, "The firm disclosed its prices", "The firm closed its books and gave its prices"),
    (
        Rule.OPPOSITE,
        "The talks went on inside and outside the hall",
        "The talks went on outside the hall and inside it",
    ),
    (Rule.NAME, "Ankara refused the offer", "Turkey refused the offer"),
    (
        Rule.NAME,
        "General Hoffman gave the prize money to the choir",
        "Maj-Gen Hofmann gave the prize money to the choir",
    ),
    (Rule.NAME, "Memo lists the pupils who left the school", "Memorandum lists the pupils who left the school"),
    (
        Rule.NAME,
        "Later the old maps of Skara were lent to a museum",
        "Tonight the old maps of Skara were lent to a museum",
    ),
    (
        Rule.ROLES,
        "Kolding also joined the company's board of directors, Fenrad said in a letter",
        "Kolding also joined Fenrad's board of directors, the company said in a letter",
    ),
    (
        Rule.ROLES,
        "Oslo told the unions of dockers, pilots and nurses in a letter of six pages that Bergen would pay",
        "Bergen paid for the letter, an aide of the mayor told the paper, which Oslo had lost",
    ),
    (Rule.NAME, "Shi'ites won ten seats", "The Shiites won ten seats"),
    (Rule.NAME, "The talks with Mr Fidan went on", "The talks with Hakan Fidan went on"),
    (Rule.NAME, "They asked for help from the ECB", "They asked for help from the European Central Bank"),
    (Rule.NAME, "Al-Qa'ida took the town", "Al-Qaeda took the town"),
    (Rule.NAME, "Exports rose in June, Demir said of the port", "Exports rose in July, Demir said of the port"),
    (Rule.ROLES, "Russia attacked Ukraine", "Ukraine was attacked by Russia"),
    (Rule.ROLES, "Fidan met Rubio in Washington", "In Washington, Rubio met Fidan"),
    (Rule.ROLES, "Moscow sold the system to Ankara", "Ankara bought the system from Moscow"),
    (Rule.ROLES, "The farmer chased the wolf", "The wolf was chased by the farmer"),
    (Rule.ROLES, "Bari's raid on Corfu failed in May", "The raid on Corfu by Bari failed in May"),
    (Rule.ROLES, "Bari attacked Corfu in May", "The attack by Bari on Corfu was in May"),
    (Rule.ROLES, "Kaya accused Demir of fraud", "Demir was accused of fraud by Kaya"),
    (Rule.ROLES, "The murder of Kaya by Demir shocked the town", "The murder by Demir of Kaya shocked the town"),
    (Rule.ROLES, "The court acquitted the mayor of fraud", "The mayor was found not guilty of fraud by the court"),
    (Rule.ROLES, "A cook put the figs into a pot", "The figs were put into a pot by a cook"),
    (Rule.ROLES, "The talks of Rome with Bari failed", "The talks of Bari with Rome failed"),
    (Rule.ROLES, "The film about Rome by Kaya won", "Kaya's film about Rome won"),
    (Rule.ROLES, "A tram hit him in the old street", "He was hit in the old street by a tram"),
    (Rule.ROLES, "Kolding's purchase of Fenrad failed", "The purchase of Fenrad by Kolding failed"),
    (Rule.ROLES, "The sailor cut the rope", "The rope was cut by the sailor"),
    (Rule.ROLES, "They grow figs, olives and grapes near Izmir", "They grow grapes, figs and olives near Izmir"),
    (Rule.ROLES, "He was born in Kars on 3 May 1950", "On 3 May 1950 he was born in Kars"),
    (Rule.ROLES, "The talks between Rome and Paris failed", "The talks between Paris and Rome failed"),
    (Rule.ROLES, "The river Tuna flows into the lake", "The Tuna river flows into the lake"),
    (Rule.ROLES, "They sell red cars and blue cars", "They sell blue cars and red cars"),
    (Rule.MODALITY, "Rome will visit Ankara on Monday", "Rome is to visit Ankara on Monday"),
    (Rule.MODALITY, "Rome to send ships", "Rome will send ships"),
    (Rule.MODALITY, "Rome plans to send ships", "Rome will send ships"),
    (Rule.MODALITY, "Rome might send ships", "Rome may send ships"),
    (Rule.MODALITY, "The ships came to Rome in May", "The ships came to Rome"),
    (Rule.MODALITY, "Rome wants to send ships", "Rome wants ships sent"),
    (Rule.MODALITY, "The driver could not be reached", "The driver was not reached"),
]


def side_of(wording: Wording) -> Side:
    return Side(wording, fold(wording.text, wording.language))


def weights(comparison: Comparison, rule: Rule) -> set[Weight]:
    return {guard.weight for guard in comparison.guards if guard.rule is rule}


@pytest.mark.parametrize(("rule", "left", "right", "sentence"), STOPPED)
def test_a_guard_stops_the_pair_and_says_why(rule: Rule, left: str, right: str, sentence: str) -> None:
    guards = compare(left, right).guards

    assert (rule, sentence, Weight.STOPS) in [(guard.rule, guard.sentence, guard.weight) for guard in guards]


@pytest.mark.parametrize(("rule", "left", "right", "sentence"), STOPPED)
def test_a_guard_stops_the_pair_the_other_way_round(rule: Rule, left: str, right: str, sentence: str) -> None:
    assert sentence

    assert Weight.STOPS in weights(compare(right, left), rule)


@pytest.mark.parametrize(("rule", "left", "right", "sentence"), ASKED)
def test_a_guard_that_is_unsure_asks_a_person(rule: Rule, left: str, right: str, sentence: str) -> None:
    guards = compare(left, right).guards

    assert (rule, sentence, Weight.ASKS) in [(guard.rule, guard.sentence, guard.weight) for guard in guards]
    assert weights(compare(right, left), rule) == {Weight.ASKS}


@pytest.mark.parametrize(("rule", "left", "right"), SILENT)
def test_a_guard_neither_stops_nor_asks_where_both_say_the_same(rule: Rule, left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        assert weights(compare(one, other), rule) <= {Weight.NOTES}


def test_times_that_differ_are_told_in_the_order_of_the_left_wording() -> None:
    left = "At dawn in spring, a week ago, the mill of the 1990s shut for Easter"
    right = "The mill of the 1970s shut for Christmas in autumn, a year ago, at dusk"

    assert [guard.sentence for guard in compare(left, right).guards if guard.rule is Rule.DATE] == [
        "dawn against dusk",
        "spring against autumn",
        "a week against a year",
        "1990s against 1970s",
        "Easter against Christmas",
    ]


@pytest.mark.parametrize("date", ["2019-05-03", "3/5/2019", "03.05.2019"])
def test_a_date_in_digits_is_no_number_that_one_side_has_alone(date: str) -> None:
    assert compare(f"The mill burned on {date}", "The mill burned on 3 May 2019").guards == ()


def test_a_row_of_digits_before_a_slash_is_no_date() -> None:
    assert compare(f"Lot {'9' * 5000}/5/2019 was sold", "Lot 4/5/2019 was sold").guards is not None


def test_a_number_on_one_side_is_noted() -> None:
    comparison = compare("Turkey ordered 40 jets from Spain", "Turkey ordered jets from Spain")

    assert [(guard.sentence, guard.weight) for guard in comparison.guards] == [
        ("only one of them says 40", Weight.NOTES)
    ]


def test_a_denied_wording_differs_from_the_asserted_one() -> None:
    asserted = Wording("Ankara was forced to buy the jets")
    denied = Wording("Ankara was forced to buy the jets", denies=True)

    guards = compare_wordings(asserted, denied).guards

    assert [guard.sentence for guard in guards] == ["denied in one, asserted in the other"]
    assert guards[0].weight is Weight.STOPS


def test_to_deny_and_to_say_not_is_one_claim() -> None:
    denied = Wording("Ankara was forced to buy the jets", denies=True)
    negated = Wording("Ankara was not forced to buy the jets")

    assert weights(compare_wordings(denied, negated), Rule.NEGATION) == set()


def test_an_opposite_under_a_not_is_left_to_a_person() -> None:
    comparison = compare("The vaccine is not safe at all", "The vaccine is dangerous")

    assert weights(comparison, Rule.OPPOSITE) == {Weight.ASKS}


def test_another_claimant_is_left_to_a_person() -> None:
    comparison = compare("it was forced to buy jets", "it was forced to buy jets",
                         left_claimant="Ankara", right_claimant="the Greek government")  # fmt: skip

    assert [(guard.rule, guard.weight) for guard in comparison.guards] == [(Rule.CLAIMANT, Weight.ASKS)]
    assert comparison.guards[0].sentence == "said by Ankara here, by the Greek government there"


@pytest.mark.parametrize("other", ["Turkish officials", "Turkey", None, "they", "[Ankara]"])
def test_the_same_claimant_by_another_name_is_no_difference(other: str | None) -> None:
    comparison = compare("it bought jets", "it bought jets", left_claimant="Ankara", right_claimant=other)

    assert comparison.guards == ()


@pytest.mark.parametrize(
    "words", ["not ", "Name{} hits ", "{} apples ", "may ban ", "lift ban ", "rose fell red 3 up ", "{}{}x "]
)
def test_a_wording_that_never_ends_costs_no_more_than_a_long_one(words: str) -> None:
    forwards = "".join(words.format(place, place) for place in range(100_000 // len(words)))
    backwards = "".join(words.format(-place, place) for place in range(100_000 // len(words), 0, -1))
    folded = fold(forwards), fold(backwards)

    # The best of three: the machine may be busy with something else.
    assert min(seconds_of_guards(*folded) for _ in range(3)) < 0.25


def seconds_of_guards(left: Folded, right: Folded) -> float:
    """The seconds of CPU that the guards take over two wordings that they never saw."""
    pair = Pair(*(Side(Wording(folded.source), folded) for folded in (left, right)))
    return cpu_s_once(lambda: guards_of(pair))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the White House", "Washington"),
        ("officials", "Ankara"),
        ("police officers", "the police"),
        ("the Turkish foreign ministry", "the Turkish government"),
        ("WHO", "the World Health Organization"),
    ],
)
def test_two_names_of_one_claimant_ask_nothing(one: str, other: str) -> None:
    for left, right in ((one, other), (other, one)):
        assert compare("it bought jets", "it bought jets", left_claimant=left, right_claimant=right).guards == ()


@pytest.mark.parametrize(
    ("one", "other"), [("the opposition", "the government"), ("police", "Ankara"), ("Rome", "Kiev")]
)
def test_two_claimants_are_left_to_a_person(one: str, other: str) -> None:
    comparison = compare("it bought jets", "it bought jets", left_claimant=one, right_claimant=other)

    assert weights(comparison, Rule.CLAIMANT) == {Weight.ASKS}


def is_blocked(pair: Pair) -> bool:
    return any(guard.weight is not Weight.NOTES for guard in guards_of(pair))


def test_a_pair_is_blocked_where_a_guard_stops_or_asks() -> None:
    sides = [(side_of(pair.left), side_of(pair.right)) for pair in GOLD]

    found = [Pair(*each) for each in sides if blocks(Pair(*each))]

    assert found == [Pair(*each) for each in sides if is_blocked(Pair(*each))]


@given(st.sampled_from(WORDINGS), st.sampled_from(WORDINGS))
def test_any_two_wordings_are_blocked_where_a_guard_stops_or_asks(left: Wording, right: Wording) -> None:
    pair = Pair(side_of(left), side_of(right))

    assert blocks(pair) == is_blocked(pair)
